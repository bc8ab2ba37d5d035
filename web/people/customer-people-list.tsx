import { usePages } from '../api/use-call.ts'
import { Card } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { ClientTable } from './client-table.tsx'
import { InvitationTable } from './invitation-table.tsx'
import { InviteDialog } from './invite-dialog.tsx'

/** The people of one customer and the invitations on their way; the same for staff and for the customer's own admin. */
export function CustomerPeopleList({ customer }: { customer: { id: string; name: string } }) {
  const users = usePages('client_users.list', { query: { customer_id: customer.id } })
  const invitations = usePages('invitations.list', { query: { customer_id: customer.id } })
  return (
    <div className="grid gap-6">
      <div className="grid gap-3">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h2 className="font-semibold">People of {customer.name}</h2>
          <InviteDialog customer={customer} />
        </div>
        <Loaded query={users}>
          {() =>
            users.items.length > 0 ? (
              <ClientTable users={users.items} withCustomer={false} more={users} />
            ) : (
              <Empty icon="people" title="Nobody yet">
                Invite the first; the exact access is shown before the invitation is sent.
              </Empty>
            )
          }
        </Loaded>
      </div>
      {invitations.items.length > 0 ? (
        <Card title="Invited people">
          <InvitationTable invitations={invitations.items} more={invitations} />
        </Card>
      ) : null}
    </div>
  )
}
