import { type GrantIndex, isLive, type Resource, type Scope, scopeKinds } from '@zoneward/permissions'
import { findResources } from '../access/find-resource.ts'
import type { Tx } from '../database/pools.ts'
import type { KeyAsker } from './key-holdings.ts'

export type KeyPlace = { scope: Scope; rank: number; resource: Resource }

type Wanted = {
  orgId: string
  index: GrantIndex
  asker: KeyAsker
  after: readonly [number, string] | null
  limit: number
}

/** Where a key may reach, widest kinds of scope first: where its owner holds something, within the key's own scopes. */
export async function placesOfKey(tx: Tx, { orgId, index, asker, after, limit }: Wanted): Promise<KeyPlace[]> {
  const { scopes } = asker.ceilings.apiKey
  const held = heldScopes(index, asker)
  const refs = scopes === 'all' ? held : [...held, ...scopes]
  const ranked = unique(refs)
    .map((scope) => ({ scope, rank: scopeKinds.indexOf(scope.kind) }))
    .sort((a, b) => a.rank - b.rank || (a.scope.id < b.scope.id ? -1 : 1))
    .filter(({ rank, scope }) => after === null || rank > after[0] || (rank === after[0] && scope.id > after[1]))
  // Where the key is bound to some scopes, what lies outside of them is left out only when its place is known.
  const looked = scopes === 'all' ? ranked.slice(0, limit) : ranked
  const found = await findResources(
    tx,
    orgId,
    looked.map(({ scope }) => scope),
  )
  const within = (resource: Resource) =>
    scopes === 'all' ||
    resource.ancestors.some((above) => scopes.some((scope) => scope.kind === above.kind && scope.id === above.id))
  const places = looked.flatMap(({ scope, rank }) => {
    const resource = found.get(`${scope.kind} ${scope.id}`)?.resource
    return resource && within(resource) ? [{ scope, rank, resource }] : []
  })
  return places.slice(0, limit)
}

function heldScopes(index: GrantIndex, { subject, now }: KeyAsker): Scope[] {
  return [subject.id, ...subject.teamIds].flatMap((id) =>
    (index.bySubject.get(id)?.all ?? []).filter(({ grant }) => isLive(grant, now)).map(({ grant }) => grant.scope),
  )
}

function unique(scopes: Scope[]): Scope[] {
  return [...new Map(scopes.map((scope) => [`${scope.kind} ${scope.id}`, scope])).values()]
}
