import type { Assertion, Grant, Resource, Scope } from '@zoneward/permissions'
import { sql } from 'kysely'
import { findResources, type NamedResource } from '../access/find-resource.ts'
import type { Tx } from '../database/pools.ts'

/** What hangs where, of all the scopes that a judgement is about. */
export type Surroundings = {
  places: ReadonlyMap<string, NamedResource>
  /** Of a provider and a customer that share zones, one of these: `<provider> <customer>`. */
  shared: ReadonlyMap<string, NamedResource>
}

export function keyOf({ kind, id }: { kind: string; id: string }): string {
  return `${kind} ${id}`
}

/** Looks up every scope that grants, assertions and changed places name. */
export async function loadSurroundings(
  tx: Tx,
  orgId: string,
  about: { grants: readonly Grant[]; assertions: readonly Assertion[]; places: readonly Scope[] },
): Promise<Surroundings> {
  const scopes = new Map<string, Scope>()
  for (const { scope } of about.grants) scopes.set(keyOf(scope), scope)
  for (const { at } of about.assertions) scopes.set(keyOf(at), at)
  for (const place of about.places) scopes.set(keyOf(place), place)
  const places = await findResources(tx, orgId, [...scopes.values()])
  return { places, shared: await findShared(tx, orgId, about) }
}

async function findShared(
  tx: Tx,
  orgId: string,
  { grants, assertions }: { grants: readonly Grant[]; assertions: readonly Assertion[] },
): Promise<Map<string, NamedResource>> {
  const idsOf = (scopes: readonly Scope[], kind: Scope['kind']) => [
    ...new Set(scopes.filter((scope) => scope.kind === kind).map(({ id }) => id)),
  ]
  const granted = grants.map(({ scope }) => scope)
  const asserted = assertions.map(({ at }) => at)
  const pairs = [
    ...pairsOf(idsOf(granted, 'provider'), idsOf(asserted, 'customer')),
    ...pairsOf(idsOf(asserted, 'provider'), idsOf(granted, 'customer')),
  ]
  if (pairs.length === 0) return new Map()
  const { rows } = await sql<{ provider_id: string; customer_id: string; id: string }>`
    select pair.provider_id, pair.customer_id, sample.id
    from unnest(${pairs.map(([provider]) => provider)}::uuid[], ${pairs.map(([, customer]) => customer)}::uuid[])
      as pair(provider_id, customer_id)
    cross join lateral (
      select id from zone
      where org_id = ${orgId}::uuid and provider_id = pair.provider_id and customer_id = pair.customer_id limit 1) sample`.execute(
    tx,
  )
  const found = await findResources(
    tx,
    orgId,
    rows.map(({ id }) => ({ kind: 'zone' as const, id })),
  )
  return new Map(
    rows.flatMap(({ provider_id, customer_id, id }) => {
      const zone = found.get(`zone ${id}`)
      return zone ? [[`${provider_id} ${customer_id}`, zone] as const] : []
    }),
  )
}

function pairsOf(providers: string[], customers: string[]): [string, string][] {
  return providers.flatMap((provider) => customers.map((customer): [string, string] => [provider, customer]))
}

/**
 * Where a grant at this scope meets an assertion: at the scope itself if it is at the assertion's place or below it, at
 * the assertion's place if that is below the scope, and in a zone that hangs below both.
 */
export function meetingPlace(scope: Scope, at: Scope, { places, shared }: Surroundings): Resource | null {
  const granted = places.get(keyOf(scope))?.resource
  const asserted = places.get(keyOf(at))?.resource
  if (granted === undefined || asserted === undefined) return null
  if (hangsBelow(granted, at)) return granted
  if (hangsBelow(asserted, scope)) return asserted
  if (scope.kind === 'provider' && at.kind === 'customer') return shared.get(`${scope.id} ${at.id}`)?.resource ?? null
  if (scope.kind === 'customer' && at.kind === 'provider') return shared.get(`${at.id} ${scope.id}`)?.resource ?? null
  return null
}

export function hangsBelow(resource: Resource, scope: Scope): boolean {
  return resource.ancestors.some(({ kind, id }) => kind === scope.kind && id === scope.id)
}
