import type { AnswerOf } from '@zoneward/api'
import { cursorNumber } from '../access/cursor-parts.ts'
import { organizationResource } from '../access/find-resource.ts'
import { isWhole } from '../access/key-ceiling.ts'
import { reachesAnything } from '../access/within-reach.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { parseCursor, printCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import type { Routes } from '../http/routes.ts'
import { presentEvents } from './present-events.ts'
import { type EventRow, selectEvents, selectOwnEvents } from './store.ts'
import { streamExport } from './stream-export.ts'

export const auditRoutes = {
  'activity.list': (request) =>
    request.read(async (tx) => {
      const { actor, query, allowed } = request
      if (actor.key !== null && !isWhole(actor.key.ceiling)) throw narrowed()
      const before = readCursor(query.cursor)
      const own = { orgId: actor.orgId, actorId: actor.subjectId, before, limit: query.limit }
      return pageOfEvents(tx, actor, await selectOwnEvents(tx, allowed, own), query.limit)
    }),
  'audit_events.list': (request) => request.read((tx) => listEvents(tx, request)),
  'audit_events.export': async (request) => {
    await request.write(async (_, note) => {
      note({})
      return null
    })
    return streamExport(request)
  },
} satisfies Routes<'activity.list' | 'audit_events.list' | 'audit_events.export'>

// What somebody did goes beyond what a key was made for that may do less.
function narrowed(): Fault {
  return new Fault(
    'forbidden',
    'A narrowed API key does not read its owner’s actions: use one that is not, or the pages.',
  )
}

async function listEvents(tx: Tx, request: ActorRequest<'audit_events.list'>): Promise<AnswerOf<'audit_events.list'>> {
  const { actor, query } = request
  const visible = await request.visible(tx, 'audit.view')
  // Who may look into nothing but its own actions is told what is missing, instead of an empty page.
  if (!reachesAnything(visible)) await request.authorize(tx, 'audit.view', organizationResource(actor.orgId))
  const before = readCursor(query.cursor)
  const { customer_id: customerId, zone_id: zoneId, actor_id: actorId, action, from, until } = query
  const page = { orgId: actor.orgId, before, limit: query.limit }
  const rows = await selectEvents(tx, visible, page, { customerId, zoneId, actorId, action, from, until })
  return pageOfEvents(tx, actor, rows, query.limit)
}

function readCursor(text: string | undefined): number | null {
  const cursor = parseCursor(text, ['number'])
  return cursor && cursorNumber(cursor[0])
}

async function pageOfEvents(tx: Tx, actor: Actor, rows: EventRow[], limit: number) {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next = rows.length > limit && last ? printCursor([Number(last.seq)]) : null
  return { items: await presentEvents(tx, actor, shown), next }
}
