import type { ItemOf } from '@zoneward/api/types'
import { pathsFrom } from '../paths.ts'
import { useAddress } from '../session/use-address.ts'
import { holds, useMe } from '../session/use-me.ts'
import { Badge } from '../ui/badge.tsx'
import { Menu, type MenuEntry } from '../ui/menu.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { Time } from '../ui/time.tsx'
import { ManageUser } from './manage-user.tsx'
import { RemoveUser } from './remove-user.tsx'
import { RoleList } from './role-list.tsx'
import { ViewAsDialog } from './view-as-dialog.tsx'

type ClientUser = ItemOf<'client_users.list'>
type More = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }

/** Client accounts, with roles behind the three dots. */
export function ClientTable({
  users,
  withCustomer,
  more,
}: {
  users: ClientUser[]
  withCustomer: boolean
  more?: More
}) {
  const me = useMe()
  const [{ manage, remove, 'view-as': view }, change] = useAddress()
  const zoneAccess = me.realm === 'staff' && holds(me, 'grants.view')
  const entries = (user: ClientUser): MenuEntry[] => [
    { label: 'Manage user', icon: 'settings', onSelect: () => change({ manage: user.id }) },
    ...(zoneAccess ? [{ label: 'Zone access', icon: 'zones' as const, to: pathsFrom('').zoneLevels(user.id) }] : []),
    ...(me.realm === 'staff' && holds(me, 'view_as.use')
      ? [{ label: 'View as…', icon: 'eye' as const, writes: true, onSelect: () => change({ 'view-as': user.id }) }]
      : []),
    'line',
    { label: 'Remove', icon: 'trash', danger: true, onSelect: () => change({ remove: user.id }) },
  ]
  const columns: Column<ClientUser>[] = [
    {
      header: 'Name',
      role: 'title',
      cell: ({ name, is_me }) => (
        <span className="inline-flex items-center gap-2">
          {name}
          {is_me ? <Badge>You</Badge> : null}
        </span>
      ),
    },
    { header: 'E-mail', cell: ({ email }) => <span className="break-all">{email}</span> },
    ...(withCustomer
      ? [
          {
            header: 'Customer',
            cell: ({ customer }: ClientUser) => customer?.name ?? <span className="text-muted">the organization</span>,
          },
        ]
      : []),
    { header: 'Roles', cell: ({ grants }) => <RoleList grants={grants} /> },
    {
      header: 'Last seen',
      wide: true,
      cell: ({ last_seen_at }) =>
        last_seen_at ? <Time at={last_seen_at} /> : <span className="text-muted">never</span>,
    },
    {
      header: 'Actions',
      role: 'menu',
      cell: (user) => <Menu label={`Actions for ${user.name}`} entries={entries(user)} />,
    },
  ]
  const managed = users.find(({ id }) => id === manage)
  const removed = users.find(({ id }) => id === remove)
  const viewed = users.find(({ id }) => id === view)
  return (
    <>
      <Table label="Client accounts" rows={users} columns={columns} keyOf={({ id }) => id} more={more} />
      {managed ? (
        <ManageUser user={{ ...managed, realm: 'client' }} onClose={() => change({ manage: undefined })} />
      ) : null}
      {viewed ? (
        <ViewAsDialog user={{ ...viewed, realm: 'client' }} onClose={() => change({ 'view-as': undefined })} />
      ) : null}
      {removed ? (
        <RemoveUser user={{ ...removed, realm: 'client' }} onClose={() => change({ remove: undefined })} />
      ) : null}
    </>
  )
}
