import { Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { SignIn } from '../pages/doors/sign-in.tsx'
import { pathsFrom } from '../paths.ts'
import { consoleMenu } from './menus.ts'
import { Shell } from './shell.tsx'
import { SignedIn } from './signed-in.tsx'

const Homeless = lazy(() => import('../pages/operator/homeless.tsx').then((part) => ({ default: part.Homeless })))

// What is about the person or the server, not about an organization, so that it works without one.
const ownPlaces = [pathsFrom('').operator, pathsFrom('').profile]

export function ConsoleLayout() {
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  return (
    <SignedIn layout="console" door={<SignIn />}>
      {(me) => (
        <Shell home="/" title={me.organization?.name ?? 'Zoneward'} subtitle="Console" sections={consoleMenu(me)}>
          {me.organization || ownPlaces.includes(pathname) ? (
            <Outlet />
          ) : (
            <Suspense fallback={null}>
              <Homeless />
            </Suspense>
          )}
        </Shell>
      )}
    </SignedIn>
  )
}
