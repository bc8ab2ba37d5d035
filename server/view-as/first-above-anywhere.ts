import {
  effectivePatterns,
  firstAbove,
  type GrantIndex,
  indexGrants,
  isLive,
  type Permission,
  type Scope,
  type Subject,
} from '@zoneward/permissions'
import { findResources, organizationResource } from '../access/find-resource.ts'
import { type HeldAccess, heldAccess } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import type { Viewed } from './view.ts'

// At more places than this nobody is compared with somebody else one place after the other.
const mostPlaces = 1_000

// Nor at more moments at which what one of them holds begins or ends.
const mostMoments = 100

/**
 * Whether somebody holds more than the caller does, at any place where they hold something: the permission, 'too many
 * places' where that cannot be said in reasonable time, or null. Judged for now, and, for what lasts, at every moment
 * before `until` at which what the caller holds ends or what the other holds begins.
 */
export async function firstAboveAnywhere(
  tx: Tx,
  viewer: Actor,
  viewed: Pick<Viewed, 'id' | 'realm' | 'teamIds'>,
  until = viewer.now,
): Promise<Permission | 'too many places' | null> {
  const mine = await heldAccess(tx, viewer)
  const theirs = await heldAccess(tx, { ...viewer, subjectId: viewed.id, realm: viewed.realm })
  const me: Subject = { id: viewer.subjectId, realm: viewer.realm, teamIds: viewer.teamIds }
  const other: Subject = { id: viewed.id, realm: viewed.realm, teamIds: viewed.teamIds }
  // What somebody may do with review only is less than doing it at once.
  const plain = grantsOf(mine, me).flatMap(({ grant }) => (grant.reviewRequired === true ? [] : [grant]))
  // Of a team that both are in, both have the same grants.
  const bySubject = new Map([...theirs.index.bySubject, ...indexGrants(plain, mine.index.roles).bySubject])
  const index: GrantIndex = { ...mine.index, bySubject }
  const turns = [...plain.map(({ endsAt }) => endsAt), ...grantsOf(theirs, other).map(({ grant }) => grant.startsAt)]
  const later = turns.filter((turn): turn is number => turn !== undefined && turn > viewer.now && turn < until)
  const moments = new Set([viewer.now, ...later])
  if (moments.size > mostMoments) return 'too many places'
  for (const now of moments) {
    const above = await aboveAt(tx, { index, me, other, theirs, now, orgId: viewer.orgId })
    if (above !== null) return above
  }
  return null
}

type Compared = { index: GrantIndex; me: Subject; other: Subject; theirs: HeldAccess; now: number; orgId: string }

async function aboveAt(tx: Tx, { index, me, other, theirs, now, orgId }: Compared) {
  const live = grantsOf(theirs, other).filter(({ grant }) => isLive(grant, now))
  const wanted = new Set(live.flatMap(({ role }) => role?.permissions ?? []))
  // What is held at the whole organization is held at every place in it; for some records only it is not.
  const everywhere = { subject: me, resource: organizationResource(orgId), now, channel: 'interface' } as const
  if ([...wanted].every((permission) => effectivePatterns(index, { ...everywhere, permission }) === 'all')) return null
  const places = new Map(live.map(({ grant }): [string, Scope] => [grant.scope.id, grant.scope]))
  if (places.size > mostPlaces) return 'too many places'
  for (const { resource } of (await findResources(tx, orgId, [...places.values()])).values()) {
    const above = firstAbove(index, { other, me, at: resource, now, customers: theirs.customers })
    if (above !== null) return above
  }
  return null
}

function grantsOf({ index }: HeldAccess, { id, teamIds }: Subject) {
  return [id, ...teamIds].flatMap((holder) => index.bySubject.get(holder)?.all ?? [])
}
