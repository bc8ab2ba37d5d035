import { useState } from 'react'
import { usePages } from '../../api/use-call.ts'
import { usePaths } from '../../paths.ts'
import { useAddress } from '../../session/use-address.ts'
import { holds, useMe } from '../../session/use-me.ts'
import { Page } from '../../ui/page.tsx'
import { ShowMore } from '../../ui/show-more.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { ViewSwitch } from '../../ui/view-switch.tsx'
import { DecideDialog } from './decide-dialog.tsx'
import { type AccessRequest, RequestItem } from './request-item.tsx'

const views = [
  { id: 'to_decide', label: 'To decide' },
  { id: 'mine', label: 'Mine' },
]

/** What people ask for: one's own requests, and those that the reader could grant. */
export function RequestsPage() {
  const me = useMe()
  const paths = usePaths()
  const [address] = useAddress()
  const decides = holds(me, 'grants.manage')
  const view = address['view'] ?? (decides ? 'to_decide' : 'mine')
  return (
    <Page
      title="Requests"
      width="read"
      lead={
        me.realm === 'staff'
          ? 'Access that is asked for, for some hours and with a reason. What is given ends by itself.'
          : 'Ask for what you may not do. Whoever can give it decides, and it ends by itself.'
      }
      {...(me.realm === 'staff' && holds(me, 'grants.view') ? { crumbs: [{ label: 'Access', to: paths.access }] } : {})}
    >
      <div className="grid gap-4">
        {decides ? <ViewSwitch label="Requests" views={views} value={view} /> : null}
        <Requests key={view} view={view === 'mine' ? 'mine' : 'to_decide'} />
      </div>
    </Page>
  )
}

function Requests({ view }: { view: 'mine' | 'to_decide' }) {
  const requests = usePages('access_requests.list', { query: { view } })
  const [deciding, setDeciding] = useState<AccessRequest | null>(null)
  return (
    <>
      <Loaded query={requests}>
        {() =>
          requests.items.length > 0 ? (
            <ul aria-label="Requests" className="grid gap-3">
              {requests.items.map((request) => (
                <RequestItem key={request.id} request={request} onDecide={() => setDeciding(request)} />
              ))}
            </ul>
          ) : view === 'mine' ? (
            <Empty icon="inbox" title="You have asked for nothing">
              Where a button is locked, it says what is missing and offers to ask for it.
            </Empty>
          ) : (
            <Empty icon="inbox" title="Nobody waits for you">
              When somebody asks for access that you can give, it appears here.
            </Empty>
          )
        }
      </Loaded>
      <ShowMore pages={requests} />
      {deciding ? <DecideDialog request={deciding} onClose={() => setDeciding(null)} /> : null}
    </>
  )
}
