import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'

export const barItem =
  'flex min-h-9 w-full items-center gap-2.5 rounded px-2.5 text-left hover:bg-hover focus:bg-hover outline-none'

type BarMenuProps = {
  /** What the menu is about; its button is read as this, with the value that it shows. */
  label: string
  value?: string
  button: ReactNode
  className: string
  /** The edge of the button that the menu stands at. */
  side: 'left' | 'right'
  head?: ReactNode
  children: (close: () => void) => ReactNode
}

/** A native popover, since every page pays for what stands in the frame: no library for menus of a few lines. */
export function BarMenu({ label, value, button, className, side, head, children }: BarMenuProps) {
  const id = useId()
  const trigger = useRef<HTMLButtonElement>(null)
  const popover = useRef<HTMLDivElement>(null)
  const place = () => {
    const at = trigger.current?.getBoundingClientRect()
    const box = popover.current?.style
    if (!at || !box) return
    box.top = `${at.bottom + 4}px`
    if (side === 'left') box.left = `${at.left}px`
    else box.right = `${document.documentElement.clientWidth - at.right}px`
  }
  return (
    <>
      <button
        ref={trigger}
        type="button"
        popoverTarget={id}
        aria-haspopup="menu"
        aria-label={value === undefined ? label : `${label}: ${value}`}
        className={`flex min-h-9 min-w-0 items-center gap-2 rounded-md hover:bg-hover ${className}`}
      >
        {button}
      </button>
      <div
        ref={popover}
        id={id}
        popover="auto"
        onBeforeToggle={place}
        onToggle={(event) => {
          if (event.newState === 'open') itemsOf(event.currentTarget)[0]?.focus()
        }}
        className="fixed inset-auto m-0 max-w-[calc(100vw-1.5rem)] min-w-56 rounded-lg border border-line bg-raised p-1 text-ink shadow-xl"
      >
        {head ? <div className="mb-1 border-b border-line px-2.5 py-2">{head}</div> : null}
        <div role="menu" aria-label={label} tabIndex={-1} onKeyDown={walk}>
          {children(() => popover.current?.hidePopover())}
        </div>
      </div>
    </>
  )
}

function itemsOf(place: Element): HTMLElement[] {
  return [...place.querySelectorAll<HTMLElement>('[role=menuitem], [role=menuitemradio]')]
}

function walk(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  event.preventDefault()
  const items = itemsOf(event.currentTarget)
  const here = items.indexOf(document.activeElement as HTMLElement)
  items.at((here + step) % items.length)?.focus()
}
