import type { ItemOf } from '@zoneward/api/types'
import { usePages } from '../../api/use-call.ts'
import { pathsFrom } from '../../paths.ts'
import { useAddress } from '../../session/use-address.ts'
import { TextLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { NewAccount } from './new-account.tsx'

const paths = pathsFrom('')
const columns: Column<ItemOf<'service_accounts.list'>>[] = [
  { header: 'Name', role: 'title', cell: ({ id, name }) => <TextLink to={paths.serviceAccount(id)}>{name}</TextLink> },
  { header: 'What it is for', cell: ({ description }) => description || <span className="text-muted">not said</span> },
  { header: 'Keys', role: 'number', cell: ({ keys }) => keys },
  { header: 'Roles', role: 'number', cell: ({ grants }) => grants },
  { header: 'Made', cell: ({ created_at }) => <Time at={created_at} />, wide: true },
]

/** Users without sign-in: for what runs by itself, and must not stop when a person leaves. */
export function AccountList() {
  const [{ q }, change] = useAddress()
  const accounts = usePages('service_accounts.list', { query: q ? { q } : {} })
  return (
    <Page
      title="Service accounts"
      lead="For what runs by itself: they own keys and have roles like a person, but nobody signs in as them. They take no seat."
      crumbs={[{ label: 'Developer', to: paths.keys }]}
      actions={<NewAccount />}
    >
      <div className="grid gap-3">
        <SearchBox label="Search service accounts" value={q ?? ''} onChange={(text) => change({ q: text })} />
        <Loaded query={accounts}>
          {() =>
            accounts.items.length > 0 ? (
              <Table
                label="Service accounts"
                rows={accounts.items}
                columns={columns}
                keyOf={({ id }) => id}
                more={accounts}
              />
            ) : (
              <Empty icon="robot" title={q ? 'No service account fits' : 'No service accounts yet'}>
                {q ? null : 'Make one for each system that changes records, give it a role where it works, then a key.'}
              </Empty>
            )
          }
        </Loaded>
      </div>
    </Page>
  )
}
