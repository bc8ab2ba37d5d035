import type { Realm } from '@zoneward/permissions'

/** A view that is under way: who looks, and until when. */
export type View = { id: string; viewerName: string; endsAt: Date }

/** A person who can be looked at: a member or a client account. */
export type Viewed = {
  id: string
  realm: Realm
  name: string
  email: string
  teamIds: string[]
  teamFeatures: boolean
  /** Where a client account signs in. */
  portal: { id: string; slug: string; title: string; customerId: string | null } | null
}

/** Half an hour. */
export const longestView = 30 * 60_000

/** The header that every request of a view carries. */
export const viewAsHeader = 'zoneward-view-as'
