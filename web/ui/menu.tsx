import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'
import { useReadOnly } from '../session/use-me.ts'
import { IconButton } from './button.tsx'
import { Icon, type IconName } from './icons.tsx'
import { Link } from './link.tsx'

const item =
  'flex w-full cursor-default items-center gap-2.5 rounded px-2.5 py-1.5 text-left outline-none select-none data-[highlighted]:bg-hover data-[disabled]:text-muted'

export type MenuEntry =
  /** `writes`: changes something, or leads to it; what is a danger does. */
  | { label: string; icon?: IconName; danger?: boolean; writes?: boolean; onSelect: () => void }
  | { label: string; icon?: IconName; to: string }
  | 'line'

/** The three-dots menu of a row, or any button with choices; `trigger` must take a ref and props. */
export function Menu({
  label,
  entries,
  trigger,
  head,
}: {
  label: string
  entries: MenuEntry[]
  trigger?: ReactElement
  head?: ReactNode
}) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger ?? <IconButton icon="more" label={label} />} />
      <Base.Portal container={document.getElementById('content')}>
        <Base.Positioner sideOffset={4} align="end" className="z-50 outline-none">
          <Base.Popup className="min-w-48 rounded-lg border border-line bg-raised p-1 text-ink shadow-xl outline-none">
            {head ? <div className="border-b border-line px-2.5 py-2 mb-1">{head}</div> : null}
            {entries.map((entry, index) => (
              <Entry key={entry === 'line' ? `line-${index}` : entry.label} entry={entry} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function Entry({ entry }: { entry: MenuEntry }) {
  const looking = useReadOnly()
  if (entry === 'line') return <Base.Separator className="my-1 h-px bg-line" />
  const inside = (
    <>
      {entry.icon ? <Icon name={entry.icon} /> : null}
      {entry.label}
    </>
  )
  if ('to' in entry) {
    return <Base.LinkItem className={item} closeOnClick render={<Link to={entry.to}>{inside}</Link>} />
  }
  if (looking !== null && (entry.writes ?? entry.danger)) {
    return (
      <Base.Item className={`${item} max-w-72`} disabled>
        {entry.icon ? <Icon name={entry.icon} /> : null}
        <span>
          {entry.label}
          <span className="block text-sm">{looking}</span>
        </span>
      </Base.Item>
    )
  }
  return (
    <Base.Item className={`${item} ${entry.danger ? 'text-bad' : ''}`} onClick={entry.onSelect}>
      {inside}
    </Base.Item>
  )
}
