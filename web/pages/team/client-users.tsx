import { usePages } from '../../api/use-call.ts'
import { ClientTable } from '../../people/client-table.tsx'
import { useAddress } from '../../session/use-address.ts'
import { SearchBox } from '../../ui/search-box.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'

export function ClientUsers() {
  const [{ q }, change] = useAddress()
  const users = usePages('client_users.list', { query: q ? { q } : {} })
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold">Client accounts</h2>
        <SearchBox label="Search client accounts" value={q ?? ''} onChange={(text) => change({ q: text })} />
      </div>
      <Loaded query={users}>
        {() =>
          users.items.length > 0 ? (
            <ClientTable users={users.items} withCustomer more={users} />
          ) : (
            <Empty icon="people" title={q ? 'No client account fits' : 'No client accounts yet'}>
              {q ? null : 'Invite a client; you see the exact access before the invitation is sent.'}
            </Empty>
          )
        }
      </Loaded>
    </div>
  )
}
