import type { ItemOf } from '@zoneward/api/types'
import { useState } from 'react'
import { usePages, useSend } from '../../api/use-call.ts'
import { IconButton } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { notify } from '../../ui/toast.tsx'
import { nameOfRoleSet } from '../../words/role-sets.ts'
import { count } from '../../words/times.ts'

type Organization = ItemOf<'operator.organizations.list'>

/** Every organization of this server, with how much is in it. */
export function OrganizationList() {
  const organizations = usePages('operator.organizations.list', { query: {} })
  const [ending, setEnding] = useState<Organization | null>(null)
  return (
    <section aria-label="Organizations" className="grid gap-2">
      <h2 className="font-semibold">Organizations</h2>
      <Loaded query={organizations}>
        {() =>
          organizations.items.length > 0 ? (
            <Table
              label="Organizations of this server"
              rows={organizations.items}
              columns={columnsOf(setEnding)}
              keyOf={({ id }) => id}
              more={organizations}
            />
          ) : (
            <Empty icon="customers" title="No organization yet">
              Make the first with “New organization”.
            </Empty>
          )
        }
      </Loaded>
      {ending ? <DeleteOrganization organization={ending} onClose={() => setEnding(null)} /> : null}
    </section>
  )
}

function columnsOf(end: (organization: Organization) => void): Column<Organization>[] {
  return [
    { header: 'Name', role: 'title', cell: ({ name }) => name },
    { header: 'Role set', cell: ({ role_set }) => nameOfRoleSet(role_set), wide: true },
    { header: 'Members', role: 'number', cell: ({ members }) => members },
    { header: 'Client accounts', role: 'number', cell: ({ client_users }) => client_users },
    { header: 'Customers', role: 'number', cell: ({ customers }) => customers },
    { header: 'Zones', role: 'number', cell: ({ zones }) => zones },
    { header: 'Made', cell: ({ created_at }) => <Time at={created_at} />, wide: true },
    {
      header: 'Actions',
      role: 'menu',
      cell: (organization) => (
        <IconButton icon="trash" writes label={`Delete ${organization.name}`} onClick={() => end(organization)} />
      ),
    },
  ]
}

function DeleteOrganization({ organization, onClose }: { organization: Organization; onClose: () => void }) {
  const { id, name, members, client_users, customers, zones } = organization
  const send = useSend('operator.organizations.delete')
  const done = () => {
    notify(`${name} was deleted`)
    onClose()
  }
  return (
    <Confirm
      open
      onClose={onClose}
      title={`Delete ${name}?`}
      action="Delete organization"
      typeName={name}
      busy={send.isPending}
      fault={send.error}
      onConfirm={() => send.mutate({ params: { organization_id: id }, query: { name } }, { onSuccess: done })}
    >
      {count(zones, 'zone')} with their records, {count(customers, 'customer')}, {count(members, 'member')} and{' '}
      {count(client_users, 'client account')} go with it, and its activity log. Its zones are no longer answered. This
      cannot be undone.
    </Confirm>
  )
}
