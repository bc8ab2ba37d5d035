import { useRouterState } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useMe } from '../session/use-me.ts'
import { IconButton } from '../ui/button.tsx'
import { Link } from '../ui/link.tsx'
import type { Section } from './menus.ts'
import { PaletteButton } from './palette-button.tsx'
import { Places } from './places.tsx'
import { ProfileMenu } from './profile-menu.tsx'
import { ViewAsBar } from './view-as-bar.tsx'

const PhoneMenu = lazy(() => import('./phone-menu.tsx').then((part) => ({ default: part.PhoneMenu })))
// Most people have one organization and no team features, so these are not part of the first load.
const Switchers = lazy(() => import('./switchers.tsx').then((part) => ({ default: part.Switchers })))

type ShellProps = { home: string; title: string; subtitle?: string; sections: Section[]; children: ReactNode }

/** The frame of both layouts: places at the side, palette and profile on top, the page in the middle. */
export function Shell({ home, title, subtitle, sections, children }: ShellProps) {
  const [open, setOpen] = useState(false)
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  useEffect(() => setOpen(false), [pathname])
  const me = useMe()
  const switches = me.view_as === null && (me.organizations.length > 1 || me.team_features)
  return (
    <div className="flex min-h-dvh">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2"
      >
        Skip to content
      </a>
      <aside className="sticky top-0 hidden h-dvh w-56 shrink-0 flex-col overflow-y-auto border-r border-line bg-surface md:flex">
        <Brand home={home} title={title} subtitle={subtitle} />
        <Places sections={sections} home={home} label="Main" />
      </aside>
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="sticky top-0 z-30">
          <ViewAsBar />
          <header className="flex min-h-13 items-center gap-2 border-b border-line bg-surface px-3 sm:px-6">
            <IconButton icon="menu" label="Menu" className="md:hidden" onClick={() => setOpen(true)} />
            <Link to={home} className="min-w-0 truncate font-semibold md:hidden">
              {title}
            </Link>
            {switches ? (
              <div className="hidden min-w-0 gap-2 md:flex">
                <Suspense fallback={null}>
                  <Switchers />
                </Suspense>
              </div>
            ) : null}
            <div className="flex-1" />
            <PaletteButton sections={sections} />
            <ProfileMenu />
          </header>
        </div>
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 pb-16 outline-none">
          {children}
        </main>
      </div>
      {open ? (
        <Suspense fallback={null}>
          <PhoneMenu title={title} subtitle={subtitle} sections={sections} home={home} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </div>
  )
}

function Brand({ home, title, subtitle }: { home: string; title: string; subtitle: string | undefined }) {
  return (
    <Link to={home} className="m-2 flex items-center gap-2.5 rounded-md px-2 py-2 hover:bg-hover">
      <img src="/icon.svg" alt="" className="size-6 rounded" />
      <span className="min-w-0">
        <span className="block truncate leading-tight font-semibold">{title}</span>
        {subtitle ? <span className="block truncate text-sm leading-tight text-muted">{subtitle}</span> : null}
      </span>
    </Link>
  )
}
