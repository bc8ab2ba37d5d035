import { Outlet } from '@tanstack/react-router'
import { LockedAction } from '../../access/locked-action.tsx'
import { pathsFrom } from '../../paths.ts'
import { InviteDialog } from '../../people/invite-dialog.tsx'
import { holds, useMe } from '../../session/use-me.ts'
import { Page } from '../../ui/page.tsx'
import { Tabs } from '../../ui/tabs.tsx'

const paths = pathsFrom('')

/** Settings > Team: members, client accounts and invitations. */
export function TeamFrame() {
  const me = useMe()
  const tabs = [
    ...(holds(me, 'members.view') ? [{ label: 'Members', to: paths.team }] : []),
    ...(holds(me, 'client_users.manage') ? [{ label: 'Client accounts', to: paths.clientUsers }] : []),
    { label: 'Invitations', to: paths.invitations },
  ]
  return (
    <Page
      title="Team"
      lead="Who works here, which clients sign in, and what each of them reaches."
      crumbs={[{ label: 'Settings', to: paths.team }]}
      actions={
        holds(me, 'members.manage', 'client_users.manage') ? (
          <InviteDialog />
        ) : (
          <LockedAction permission="members.manage" label="Invite user" icon="mail" />
        )
      }
      tabs={<Tabs label="Team" tabs={tabs} />}
    >
      <Outlet />
    </Page>
  )
}
