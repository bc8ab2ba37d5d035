import type { AnswerOf } from '@zoneward/api'
import type { Asker, Resource } from '@zoneward/permissions'
import { type RawBuilder, sql } from 'kysely'
import { showPerson } from '../access/describe-subjects.ts'
import { findResources } from '../access/find-resource.ts'
import { anyOf, loadAccess } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'
import { notFound } from '../fault.ts'
import { pageOfRows, parseCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import { cellLevel } from './cell-level.ts'
import type { Place } from './held-places.ts'
import { isLiveNow, type PagedPerson, peoplePage } from './people-page.ts'
import { thingsBelow } from './things-below.ts'

type Matrix = AnswerOf<'access.matrix'>

/** People × things of a scope: everybody who holds anything above, at or below it, and what they can do with each. */
export async function accessMatrix(tx: Tx, request: ActorRequest<'access.matrix'>): Promise<Matrix> {
  const { actor, query } = request
  const scope = { kind: query.scope_kind, id: query.scope_id.toLowerCase() }
  const place = [...(await findResources(tx, actor.orgId, [scope])).values()][0]
  await request.authorize(tx, 'grants.view', place?.resource ?? null)
  if (!place) throw notFound()
  const page = { cursor: query.things_cursor, limit: query.things_limit }
  const { things, next } = await thingsBelow(tx, actor.orgId, { ...place, scope, cursor: '' }, page)
  const after = parseCursor(query.cursor, ['string', 'string'])
  const holders = holdersAround(actor.orgId, place.resource)
  const people = await peoplePage(tx, actor, { holders, after, limit: query.limit + 1 })
  const shown = pageOfRows(
    people,
    query.limit,
    ({ person }) => showPerson(person),
    ({ key }) => key,
  )
  return {
    scope: { ...scope, name: place.name },
    people: shown,
    things: { items: things.map((thing) => ({ ...thing.scope, name: thing.name })), next },
    cells: await cellsOf(tx, request, people.slice(0, query.limit), things),
  }
}

/** Only grants of these people that reach one of these things are read. */
async function cellsOf(
  tx: Tx,
  { actor }: ActorRequest<'access.matrix'>,
  people: PagedPerson[],
  things: Place[],
): Promise<Matrix['cells']> {
  const subjects = people.map(({ person }) => person.subject)
  const [first] = things
  if (!first || subjects.length === 0) return []
  const ancestors = things.flatMap(({ resource }) => resource.ancestors)
  const near: Resource = {
    ...first.resource,
    ancestors: [...new Map(ancestors.map((each) => [each.id, each])).values()],
  }
  const subjectIds = [...new Set(subjects.flatMap(({ id, teamIds }) => [id, ...teamIds]))]
  const { index, customers } = await loadAccess(tx, { orgId: actor.orgId, near, subjectIds })
  return subjects.map((subject) => {
    const asker: Asker = { subject, now: actor.now, channel: 'interface', ceilings: { customers } }
    return things.map(({ resource }) => cellLevel(index, asker, resource))
  })
}

/** SQL for who holds a grant at the scope, above it, or at anything below it; null: everybody who holds anything. */
function holdersAround(orgId: string, { kind, id, ancestors }: Resource): RawBuilder<unknown> | null {
  if (kind === 'organization') return null
  const above = anyOf(ancestors.map((each) => each.id))
  const found = (condition: RawBuilder<unknown>) => sql`
    select g.subject_id from access_grant g where g.org_id = ${orgId}::uuid and ${isLiveNow} and ${condition}`
  const parts = [found(sql`g.scope_id = ${above}`)]
  if (kind === 'customer' || kind === 'provider') {
    const zones = sql`from zone z where z.org_id = ${orgId}::uuid and z.${sql.ref(`${kind}_id`)} = ${id}::uuid`
    const other = sql.ref(kind === 'customer' ? 'provider_id' : 'customer_id')
    parts.push(found(sql`g.zone_id in (select z.id ${zones})`))
    // A zone below hangs below something else too.
    parts.push(found(sql`g.${other} in (select z.${other} ${zones})`))
  }
  if (kind === 'customer') {
    const hostings = sql`select h.id from hosting h where h.org_id = ${orgId}::uuid and h.customer_id = ${id}::uuid`
    parts.push(found(sql`g.hosting_id in (${hostings})`))
  }
  return sql.join(parts, sql` union `)
}
