import type { ItemOf } from '@zoneward/api/types'
import { useState } from 'react'
import { usePages } from '../../api/use-call.ts'
import { pathsFrom } from '../../paths.ts'
import { ManageUser } from '../../people/manage-user.tsx'
import { RemoveUser } from '../../people/remove-user.tsx'
import { RoleList } from '../../people/role-list.tsx'
import { ViewAsDialog } from '../../people/view-as-dialog.tsx'
import { type Address, useAddress } from '../../session/use-address.ts'
import { holds, useMe } from '../../session/use-me.ts'
import { Badge } from '../../ui/badge.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Menu, type MenuEntry } from '../../ui/menu.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'

type Member = ItemOf<'members.list'>

/** The table "Current Team Members", with what each may do behind the three dots. */
export function Members() {
  const [{ q, manage, remove, 'view-as': view }, change] = useAddress()
  const members = usePages('members.list', { query: q ? { q } : {} })
  const managed = members.items.find(({ id }) => id === manage)
  const removed = members.items.find(({ id }) => id === remove)
  const viewed = members.items.find(({ id }) => id === view)
  const columns = useColumns((patch) => change(patch))
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold">Current Team Members</h2>
        <SearchBox label="Search members" value={q ?? ''} onChange={(text) => change({ q: text })} />
      </div>
      <Loaded query={members}>
        {() =>
          members.items.length > 0 ? (
            <Table
              label="Current Team Members"
              rows={members.items}
              columns={columns}
              keyOf={({ id }) => id}
              more={members}
            />
          ) : (
            <Empty icon="people" title="No member fits" />
          )
        }
      </Loaded>
      {managed ? (
        <ManageUser user={{ ...managed, realm: 'staff' }} onClose={() => change({ manage: undefined })} />
      ) : null}
      {viewed ? (
        <ViewAsDialog user={{ ...viewed, realm: 'staff' }} onClose={() => change({ 'view-as': undefined })} />
      ) : null}
      {removed ? (
        <RemoveUser user={{ ...removed, realm: 'staff' }} onClose={() => change({ remove: undefined })} />
      ) : null}
    </div>
  )
}

function useColumns(open: (patch: Address) => void): Column<Member>[] {
  const me = useMe()
  const [paths] = useState(() => pathsFrom(''))
  const mayGrant = holds(me, 'grants.view')
  const entries = (member: Member): MenuEntry[] => [
    { label: 'Manage user', icon: 'settings', onSelect: () => open({ manage: member.id }) },
    ...(mayGrant ? [{ label: 'Zone access', icon: 'zones' as const, to: paths.zoneLevels(member.id) }] : []),
    ...(holds(me, 'view_as.use') && !member.is_me
      ? [{ label: 'View as…', icon: 'eye' as const, writes: true, onSelect: () => open({ 'view-as': member.id }) }]
      : []),
    ...(holds(me, 'members.manage')
      ? [
          'line' as const,
          { label: 'Remove', icon: 'trash' as const, danger: true, onSelect: () => open({ remove: member.id }) },
        ]
      : []),
  ]
  return [
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
    { header: 'Roles', cell: ({ grants }) => <RoleList grants={grants} /> },
    ...(mayGrant
      ? [
          {
            header: 'Zone access',
            cell: (member: Member) => (
              <TextLink to={paths.zoneLevels(member.id)} aria-label={`Manage zone access of ${member.name}`}>
                Manage
              </TextLink>
            ),
          },
        ]
      : []),
    {
      header: 'Actions',
      role: 'menu',
      cell: (member) => <Menu label={`Actions for ${member.name}`} entries={entries(member)} />,
    },
  ]
}
