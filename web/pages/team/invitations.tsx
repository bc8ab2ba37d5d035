import { usePages } from '../../api/use-call.ts'
import { InvitationTable } from '../../people/invitation-table.tsx'
import { useAddress } from '../../session/use-address.ts'
import { FilterSelect } from '../../ui/field.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'

const states = ['pending', 'accepted', 'expired', 'revoked'] as const

export function Invitations() {
  const [address, change] = useAddress()
  const state = states.find((one) => one === address['state'])
  const invitations = usePages('invitations.list', { query: state ? { state } : {} })
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold">Invitations</h2>
        <FilterSelect label="State" value={state ?? ''} onChange={(event) => change({ state: event.target.value })}>
          <option value="">All states</option>
          <option value="pending">Pending</option>
          <option value="accepted">Accepted</option>
          <option value="expired">Expired</option>
          <option value="revoked">Revoked</option>
        </FilterSelect>
      </div>
      <Loaded query={invitations}>
        {() =>
          invitations.items.length > 0 ? (
            <InvitationTable invitations={invitations.items} more={invitations} />
          ) : (
            <Empty managed icon="mail" title={state ? 'No invitation in this state' : 'Nobody was invited yet'}>
              {state ? null : 'Invite somebody; an invitation works once and ends by itself.'}
            </Empty>
          )
        }
      </Loaded>
    </div>
  )
}
