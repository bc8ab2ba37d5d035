import {
  keepPreviousData,
  type UseQueryOptions,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { OperationId } from '@zoneward/api/paths'
import type { AnswerOf, ItemOf } from '@zoneward/api/types'
import { useRef } from 'react'
import { call, guestToken, type Parts, portalOf, type Wire } from './call.ts'
import { asFault, type Fault } from './fault.ts'

/** What is known under one realm's session, or under a guest link, never answers for another's. */
export function scopeKey(): string {
  return guestToken() ?? portalOf(window.location.pathname) ?? ''
}

/** One answer, kept under the operation's id: `useCall('zones.read', { params: { zone_id } })`. */
export function useCall<Id extends OperationId>(
  id: Id,
  parts: Parts<Id>,
  options: { enabled?: boolean; staleTime?: number; keepPrevious?: boolean } = {},
): UseQueryResult<AnswerOf<Id>, Fault> {
  const { keepPrevious, ...rest } = options
  return useQuery<AnswerOf<Id>, Fault>({
    queryKey: [scopeKey(), id, parts],
    queryFn: ({ signal }) => call(id, parts, { signal }),
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...rest,
  } as UseQueryOptions<AnswerOf<Id>, Fault>)
}

/** A keyset list: the items so far, and the way to the next page. The list stays while a new search is on its way. */
export function usePages<Id extends OperationId>(id: Id, parts: Parts<Id>, options: { enabled?: boolean } = {}) {
  const query = useInfiniteQuery<Page<Id>, Fault, { pages: Page<Id>[] }, unknown[], string | null>({
    queryKey: [scopeKey(), id, 'pages', parts],
    queryFn: async ({ pageParam, signal }) => {
      const loose = parts as { query?: object }
      const paged = { ...loose, query: { ...loose.query, ...(pageParam ? { cursor: pageParam } : {}) } }
      return (await call(id, paged as unknown as Parts<Id>, { signal })) as unknown as Page<Id>
    },
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    ...options,
  })
  return { ...query, items: query.data?.pages.flatMap((page) => page.items) ?? [] }
}

type Page<Id extends OperationId> = { items: ItemOf<Id>[]; next: string | null }

/**
 * A change. Afterwards everything on the page is asked again. A repeat after a lost connection carries the same
 * idempotency key; after any answer a new one begins. `leaves`: the page is left because what it shows is gone, so it
 * is not asked again; the next page asks for itself.
 */
export function useSend<Id extends OperationId>(id: Id, { leaves = false }: { leaves?: boolean } = {}) {
  const client = useQueryClient()
  const key = useRef<string>(undefined)
  return useMutation<AnswerOf<Id>, Fault, Parts<Id> & { wire?: Wire }>({
    mutationFn: async ({ wire, ...parts }) => {
      key.current ??= crypto.randomUUID()
      try {
        const answer = await call(id, parts as unknown as Parts<Id>, { idempotencyKey: key.current, ...wire })
        key.current = undefined
        return answer
      } catch (error) {
        if (asFault(error).code !== 'unreachable') key.current = undefined
        throw error
      }
    },
    onSuccess: () => void client.invalidateQueries({ refetchType: leaves ? 'none' : 'active' }),
  })
}
