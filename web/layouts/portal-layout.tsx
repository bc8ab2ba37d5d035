import { Outlet } from '@tanstack/react-router'
import { PortalSignIn } from '../pages/doors/portal-sign-in.tsx'
import { baseOf } from '../paths.ts'
import { portalMenu } from './menus.ts'
import { Shell } from './shell.tsx'
import { SignedIn } from './signed-in.tsx'

export function PortalLayout() {
  const base = baseOf(window.location.pathname)
  return (
    <SignedIn layout="portal" door={<PortalSignIn />}>
      {(me) => (
        <Shell
          home={base}
          title={me.portal?.title ?? me.customer?.name ?? 'Your DNS'}
          subtitle={me.organization ? `with ${me.organization.name}` : ''}
          sections={portalMenu(me, base)}
        >
          <Outlet />
        </Shell>
      )}
    </SignedIn>
  )
}
