import { useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { Link } from './link.tsx'

export type Tab = { label: string; to: string /** Is it this tab for addresses below it too? */; below?: boolean }

/** Tabs are places with an address, so they are links. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const nav = useRef<HTMLElement>(null)
  // Where there is no room for all, the one just opened is in view.
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [pathname])
  return (
    <nav ref={nav} aria-label={label} className="-mx-4 overflow-x-auto border-b border-line px-4 sm:mx-0 sm:px-0">
      <ul className="flex gap-1">
        {tabs.map((tab) => {
          const here = pathname === tab.to || (tab.below === true && pathname.startsWith(`${tab.to}/`))
          return (
            <li key={tab.to}>
              <Link
                to={tab.to}
                aria-current={here ? 'page' : undefined}
                className={`-mb-px inline-block border-b-2 px-3 py-2 font-medium whitespace-nowrap -outline-offset-2 ${here ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink'}`}
              >
                {tab.label}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
