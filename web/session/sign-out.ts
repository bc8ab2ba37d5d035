import { call } from '../api/call.ts'
import { queryClient } from '../api/query-client.ts'
import { scopeKey } from '../api/use-call.ts'

/** Ends the session here; nothing that was seen stays in memory. */
export async function signOut() {
  await call('sessions.delete', {}).catch(() => null)
  queryClient.setQueryData([scopeKey(), 'me.read', {}], null)
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[1] !== 'me.read' })
}
