import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { asFault } from './fault.ts'
import { scopeKey } from './use-call.ts'

/** A refusal means that what this person holds may have changed, so it is asked again before the next click. */
function noticeRefusal(error: unknown) {
  const { code } = asFault(error)
  if (code === 'unauthenticated') queryClient.setQueryData([scopeKey(), 'me.read', {}], null)
  if (code === 'forbidden') void queryClient.invalidateQueries({ queryKey: [scopeKey(), 'me.read'] })
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (query.queryKey[1] !== 'me.read') noticeRefusal(error)
    },
  }),
  mutationCache: new MutationCache({ onError: noticeRefusal }),
  defaultOptions: {
    queries: {
      // Every visit of a page asks again: access that was taken away is gone on the next click.
      staleTime: 0,
      gcTime: 60_000,
      retry: (count, error) => count < 2 && ['unreachable', 'upstream'].includes(asFault(error).code),
    },
  },
})
