import { usePages } from '../../api/use-call.ts'
import { useMay } from '../../session/use-may.ts'
import { useMe } from '../../session/use-me.ts'
import { Page } from '../../ui/page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { HostingTable } from './hosting-table.tsx'
import { NewHosting } from './new-hosting.tsx'

/** A client's hostings, as far as its roles reach. */
export function PortalHostings() {
  const { customer } = useMe()
  const hostings = usePages('hostings.list', { query: {} })
  return (
    <Page
      title="Hosting"
      lead="Where your websites and mailboxes live."
      actions={customer ? <MakeHosting customer={customer} /> : null}
    >
      <Loaded query={hostings}>
        {() =>
          hostings.items.length > 0 ? (
            <HostingTable hostings={hostings.items} more={hostings} />
          ) : (
            <Empty icon="provider" title="No hosting yet">
              Your provider adds it here, and says who of you has access.
            </Empty>
          )
        }
      </Loaded>
    </Page>
  )
}

function MakeHosting({ customer }: { customer: { id: string; name: string } }) {
  return useMay('hostings.manage', { kind: 'customer', id: customer.id }) ? <NewHosting customer={customer} /> : null
}
