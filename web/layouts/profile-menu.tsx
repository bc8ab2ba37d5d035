import { type KeyboardEvent, useId, useRef } from 'react'
import { usePaths } from '../paths.ts'
import { signOut } from '../session/sign-out.ts'
import { useMe } from '../session/use-me.ts'
import { Icon } from '../ui/icons.tsx'
import { Link } from '../ui/link.tsx'

const item =
  'flex min-h-9 w-full items-center gap-2.5 rounded px-2.5 text-left hover:bg-hover focus:bg-hover outline-none'

/** A native popover, since every page pays for what stands in the frame: no library for one menu of two lines. */
export function ProfileMenu() {
  const me = useMe()
  const paths = usePaths()
  const id = useId()
  const popover = useRef<HTMLDivElement>(null)
  const close = () => popover.current?.hidePopover()
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-haspopup="menu"
        className="flex min-h-9 items-center gap-2 rounded-md px-2 hover:bg-hover"
      >
        <span className="grid size-7 place-items-center rounded-full bg-accent-soft text-accent">
          <Icon name="person" />
        </span>
        <span className="sr-only">Profile</span>
        <Icon name="down" className="size-3.5 text-muted" />
      </button>
      <div
        ref={popover}
        id={id}
        popover="auto"
        onToggle={(event) => {
          if (event.newState === 'open') itemsOf(event.currentTarget)[0]?.focus()
        }}
        className="fixed inset-auto top-14 right-3 m-0 min-w-56 rounded-lg border border-line bg-raised p-1 text-ink shadow-xl sm:right-6"
      >
        <div className="mb-1 border-b border-line px-2.5 py-2">
          <p className="font-medium">{me.user.name}</p>
          <p className="text-sm break-all text-muted">{me.user.email}</p>
        </div>
        <div role="menu" aria-label="Profile" tabIndex={-1} onKeyDown={walk}>
          <Link role="menuitem" to={paths.profile} onClick={close} className={item}>
            <Icon name="settings" />
            Your profile
          </Link>
          <button type="button" role="menuitem" className={item} onClick={() => void signOut()}>
            <Icon name="out" />
            Sign out
          </button>
        </div>
      </div>
    </>
  )
}

function itemsOf(place: Element): HTMLElement[] {
  return [...place.querySelectorAll<HTMLElement>('[role=menuitem]')]
}

function walk(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  event.preventDefault()
  const items = itemsOf(event.currentTarget)
  const here = items.indexOf(document.activeElement as HTMLElement)
  items.at((here + step) % items.length)?.focus()
}
