import type { AnswerOf } from '@zoneward/api'
import { typeName } from '@zoneward/dns'
import { isAllowed, type Permission } from '@zoneward/permissions'
import { type Allowed, authorize, may } from '../access/authorize.ts'
import { findResources } from '../access/find-resource.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { parseCursor, printCursor } from '../http/cursor.ts'
import { isId } from '../ids.ts'
import { shownName } from '../records/record-names.ts'
import { visibleRecords } from '../records/visible-records.ts'
import { aboutOf } from './evaluate.ts'
import type { TokenPage } from './page-token.ts'
import type { AskedAbout } from './search-resources.ts'
import { nothingFound } from './search-subjects.ts'
import { type RecordKey, recordSets } from './store.ts'
import { printRecordId } from './words.ts'

type Search = AskedAbout & {
  permission: Permission
  properties: Record<string, unknown> | undefined
  page: TokenPage
}

const step = 1_000

/** The record sets of the zone that `properties.zone_id` names: those that the caller itself may see. */
export async function searchRecords(tx: Tx, actor: Actor, search: Search): Promise<AnswerOf<'authzen.resources'>> {
  const { whose, within, permission, properties, page } = search
  const zoneId = properties?.['zone_id']
  if (typeof zoneId !== 'string' || !isId(zoneId)) return nothingFound
  const scope = { kind: 'zone', id: zoneId.toLowerCase() } as const
  const place = [...(await findResources(tx, actor.orgId, [scope])).values()][0]
  if (!place) return nothingFound
  const { resource } = place
  if (within !== null && !(await may(tx, actor, { permission: 'grants.view', resource }))) return nothingFound
  const allowed = await seesZone(tx, actor, resource)
  if (!allowed) return nothingFound
  const sees = await visibleRecords(tx, actor, resource)
  const found: { owner: string; type: number; sort_key: Buffer }[] = []
  const start = parseCursor(page.cursor, ['string', 'string'])
  let after: RecordKey | null = start && { sortKey: Buffer.from(start[0], 'base64'), type: typeAfter(start[1]) }
  for (;;) {
    const sets = await recordSets(tx, allowed, { orgId: actor.orgId, zoneId: scope.id, after, limit: step })
    for (const set of sets) {
      if (sees !== null && !sees(set)) continue
      const record = { name: shownName(set.owner), type: typeName(set.type) }
      const about = aboutOf({ permission, record }, place)
      if (about && isAllowed(whose.held.index, { ...whose.asker, ...about })) found.push(set)
    }
    const last = sets.at(-1)
    if (!last || sets.length < step || found.length > page.limit) break
    after = { sortKey: last.sort_key, type: last.type }
  }
  const shown = found.slice(0, page.limit)
  const last = shown.at(-1)
  const next_token =
    found.length > page.limit
      ? page.tokenAfter(last ? printCursor([last.sort_key.toString('base64'), idOfType(last.type)]) : '')
      : ''
  const results = shown.map(({ owner, type }) => {
    const record = { name: shownName(owner), type: typeName(type) }
    return { type: 'record', id: printRecordId(scope.id, record), properties: { zone_id: scope.id, ...record } }
  })
  return { page: { next_token, count: results.length }, results }
}

async function seesZone(tx: Tx, actor: Actor, resource: Parameters<typeof visibleRecords>[2]): Promise<Allowed | null> {
  try {
    return await authorize(tx, actor, { permission: 'records.view', resource })
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}

// A cursor ends in an id: the type stands in the place of one.
const idOfType = (type: number) => `00000000-0000-0000-0000-${type.toString(16).padStart(12, '0')}`
const typeAfter = (id: string) => Number.parseInt(id.slice(-12), 16)
