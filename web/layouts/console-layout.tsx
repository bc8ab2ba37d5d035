import { Outlet } from '@tanstack/react-router'
import { SignIn } from '../pages/doors/sign-in.tsx'
import { consoleMenu } from './menus.ts'
import { Shell } from './shell.tsx'
import { SignedIn } from './signed-in.tsx'

export function ConsoleLayout() {
  return (
    <SignedIn layout="console" door={<SignIn />}>
      {(me) => (
        <Shell home="/" title={me.organization?.name ?? 'Zoneward'} subtitle="Console" sections={consoleMenu(me)}>
          <Outlet />
        </Shell>
      )}
    </SignedIn>
  )
}
