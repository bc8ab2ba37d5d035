import type { ItemOf } from '@zoneward/api/types'
import type { Fault } from '../../api/fault.ts'
import { usePages } from '../../api/use-call.ts'

export type CardPlace = { kind: 'customer' | 'hosting'; id: string; name: string }
export type DirectGrant = ItemOf<'grants.list'>
type Holder = ItemOf<'access.holders'>

export type PermissionRow = {
  key: string
  subject: DirectGrant['subject']
  role: string
  /** Where an implicit one comes from; null for one that was given right here. */
  from: string | null
  patterns: Holder['patterns']
  ends_at: string | null
  grant: DirectGrant | null
}

// Whoever may do one of these here holds something here: each role of the level has one of them.
const asked = { customer: ['customers.view', 'zones.view'], hosting: ['hostings.view', 'hostings.view'] } as const

/** Everybody with a role on a customer or a hosting: what was given here first, then what reaches here from above. */
export function usePermissionRows(place: CardPlace) {
  const direct = usePages('grants.list', { query: { scope_kind: place.kind, scope_id: place.id, limit: 500 } })
  const [first, second] = asked[place.kind]
  const holders = useHolders(place, first)
  const others = useHolders(place, second)
  const lists = [direct, holders, others]
  const rows = [
    ...direct.items.map(rowOfGrant),
    // Who is in a team that was given a role here stands in the row of the team.
    ...implicitRows([...holders.items, ...others.items].filter(({ scope }) => scope.id !== place.id)),
  ]
  const error: Fault | null = lists.find((list) => list.error)?.error ?? null
  return {
    data: lists.every(({ isPending }) => !isPending) ? rows : undefined,
    error,
    retry: () => void Promise.all(lists.map((list) => list.refetch())),
    more: lists.find(({ hasNextPage }) => hasNextPage),
  }
}

function useHolders(place: CardPlace, permission: string) {
  return usePages('access.holders', {
    query: { permission, resource_kind: place.kind, resource_id: place.id, limit: 200 },
  })
}

function rowOfGrant(grant: DirectGrant): PermissionRow {
  const { id, subject, role, patterns, ends_at } = grant
  return { key: id, subject, role, from: null, patterns, ends_at, grant }
}

/** One row a grant and person, although a person may have answered to both questions. */
function implicitRows(holders: Holder[]): PermissionRow[] {
  const rows = holders.map((holder): PermissionRow => {
    const { grant_id, subject, role, scope, patterns, ends_at } = holder
    const from = scope.kind === 'organization' ? 'the whole organization' : scope.name
    return { key: `${grant_id} ${subject.id}`, subject, role, from, patterns, ends_at, grant: null }
  })
  return [...new Map(rows.map((row) => [row.key, row])).values()]
}
