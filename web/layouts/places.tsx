import { useRouterState } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { Icon } from '../ui/icons.tsx'
import { Link } from '../ui/link.tsx'
import type { Section } from './menus.ts'

const WaitingCount = lazy(() => import('../access/waiting-count.tsx').then((part) => ({ default: part.WaitingCount })))

/** The places of a layout; the one where the reader is stands out. */
export function Places({ sections, home, label }: { sections: Section[]; home: string; label: string }) {
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const covers = (to: string) => (to === home ? pathname === home : pathname === to || pathname.startsWith(`${to}/`))
  const all = sections.flatMap(({ places }) => places.map(({ to }) => to))
  // A place below another has an address below it too; the reader is at the nearest.
  const isHere = (to: string) => covers(to) && !all.some((other) => other.length > to.length && covers(other))
  return (
    <nav aria-label={label} className="grid gap-4 px-2 py-2">
      {sections.map((section) => (
        <div key={section.label ?? 'main'}>
          {section.label ? <p className="px-2.5 pb-1 text-sm font-medium text-muted">{section.label}</p> : null}
          <ul className="grid gap-0.5">
            {section.places.map(({ label, to, icon, counts }) => (
              <li key={to}>
                <Link
                  to={to}
                  aria-current={isHere(to) ? 'page' : undefined}
                  className={`flex min-h-9 items-center gap-2.5 rounded-md px-2.5 ${isHere(to) ? 'bg-accent-soft font-medium text-accent' : 'text-ink hover:bg-hover'}`}
                >
                  <Icon name={icon} />
                  {label}
                  {counts ? (
                    <Suspense fallback={null}>
                      <WaitingCount />
                    </Suspense>
                  ) : null}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}
