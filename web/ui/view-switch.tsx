import type { Address } from '../session/use-address.ts'
import { Link } from './link.tsx'

type ViewSwitchProps = {
  label: string
  views: { id: string; label: string }[]
  value: string
  /** What the address says in another view. */
  searchOf?: (id: string) => Address
}

/** A few ways of seeing one thing; each has an address, so they are links. */
export function ViewSwitch({ label, views, value, searchOf = (id) => ({ view: id }) }: ViewSwitchProps) {
  return (
    <nav aria-label={label} className="flex max-w-full overflow-x-auto p-0.5 -m-0.5">
      <ul className="flex gap-0.5 rounded-lg bg-hover p-0.5">
        {views.map(({ id, label: words }) => (
          <li key={id}>
            <Link
              to="."
              search={searchOf(id)}
              replace
              resetScroll={false}
              aria-current={value === id ? 'page' : undefined}
              className={`inline-flex min-h-8 items-center rounded-md px-3 whitespace-nowrap ${value === id ? 'bg-surface font-medium text-ink shadow-sm' : 'text-muted hover:text-ink'}`}
            >
              {words}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
