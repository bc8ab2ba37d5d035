import { Dialog as Base } from '@base-ui/react/dialog'
import { type ReactNode, useRef } from 'react'
import { IconButton } from './button.tsx'

type DialogProps = {
  open: boolean
  onClose: () => void
  title: string
  description?: ReactNode
  /** `side` is a drawer for reading beside the page; `wide` for tables and differences. */
  shape?: 'middle' | 'wide' | 'side'
  children: ReactNode
  /** The buttons; the primary one last. */
  actions?: ReactNode
}

const shapes = {
  middle:
    'inset-x-0 bottom-0 max-h-[92dvh] rounded-t-xl sm:inset-x-auto sm:bottom-auto sm:left-1/2 sm:top-[8dvh] sm:w-[520px] sm:-translate-x-1/2 sm:max-h-[84dvh] sm:rounded-xl',
  wide: 'inset-x-0 bottom-0 max-h-[94dvh] rounded-t-xl sm:inset-x-auto sm:bottom-auto sm:left-1/2 sm:top-[5dvh] sm:w-[min(920px,94vw)] sm:-translate-x-1/2 sm:max-h-[90dvh] sm:rounded-xl',
  side: 'inset-0 sm:left-auto sm:w-[480px] sm:border-l',
}

/** Takes the focus, gives it back where it came from, closes with Escape. */
export function Dialog({ open, onClose, title, description, shape = 'middle', children, actions }: DialogProps) {
  const inside = useRef<HTMLDivElement>(null)
  // The first field is where a person goes on; by touch that would open the keyboard over what is to be read.
  const firstField = (by: string) =>
    (by === 'touch' ? null : inside.current?.querySelector<HTMLElement>('input, select, textarea')) ?? true
  return (
    <Base.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        {/* A dialog over a dialog dims the one below it: both stand on one level, in the order in which they opened. */}
        <Base.Backdrop forceRender className="fixed inset-0 z-50 bg-black/45" />
        <Base.Popup
          initialFocus={firstField}
          className={`fixed z-50 flex flex-col border-line bg-raised text-ink shadow-2xl outline-none ${shapes[shape]}`}
        >
          <div className="flex items-start gap-3 px-5 pt-4 pb-2">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-lg font-semibold text-balance">{title}</Base.Title>
              {description ? <Base.Description className="text-muted">{description}</Base.Description> : null}
            </div>
            <Base.Close render={<IconButton icon="cross" label="Close" className="-mr-2" />} />
          </div>
          <div ref={inside} className="min-h-0 flex-1 overflow-y-auto px-5 py-2">
            {children}
          </div>
          {actions ? (
            <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{actions}</div>
          ) : (
            <div className="pb-3" />
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
