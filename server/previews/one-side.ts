import { type AccessWorld, indexGrants, type Resource, type Scope } from '@zoneward/permissions'
import { describeSubjects, type ShownSubject } from '../access/describe-subjects.ts'
import { findResources } from '../access/find-resource.ts'
import { anyOf, grantOfRow } from '../access/held-access.ts'
import { roleBook } from '../access/role-book.ts'
import { loadCeilings, loadPeople } from '../assertions/load-people.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'

/** A person at a place. */
export type Pair = { subjectId: string; place: Scope }

/** Who may do what, before the steps or after them, as far as some pairs want to know. */
export type Side = {
  world: AccessWorld
  resourceOf: (place: Scope) => Resource | null
  nameOf: (place: Scope) => string | null
  subjects: Map<string, ShownSubject>
}

export async function loadSide(tx: Tx, actor: Actor, pairs: readonly Pair[]): Promise<Side> {
  const { orgId } = actor
  const ids = [...new Set(pairs.map(({ subjectId }) => subjectId))]
  const places = await findResources(tx, orgId, unique(pairs.map(({ place }) => place)))
  const all = await loadPeople(tx, orgId, ids)
  const people = new Map([...all].filter(([id]) => ids.includes(id)))
  const resources = [...places.values()].map(({ resource }) => resource)
  const holders = [...people.values()].flatMap(({ id, teamIds }) => [id, ...teamIds])
  const rows = await tx
    .selectFrom('access_grant')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('subject_id', '=', anyOf([...new Set(holders)]))
    .where('scope_id', '=', anyOf([...new Set(resources.flatMap(({ ancestors }) => ancestors.map(({ id }) => id)))]))
    .execute()
  const world: AccessWorld = {
    index: indexGrants(rows.map(grantOfRow), await roleBook(tx, orgId)),
    people,
    customers: await loadCeilings(tx, orgId, resources),
    now: actor.now,
  }
  const found = (place: Scope) => places.get(keyOf(place))
  return {
    world,
    resourceOf: (place) => found(place)?.resource ?? null,
    nameOf: (place) => found(place)?.name ?? null,
    subjects: await describeSubjects(tx, actor, ids),
  }
}

function unique(places: readonly Scope[]): Scope[] {
  return [...new Map(places.map((place) => [keyOf(place), place])).values()]
}

function keyOf({ kind, id }: Scope): string {
  return `${kind} ${id}`
}
