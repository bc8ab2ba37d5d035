import type { ZoneRequest } from '../changes/authorize-edit.ts'
import { sourceOf } from '../changes/change-source.ts'
import type { Operation } from '../changes/plan-operations.ts'
import { planOperations } from '../changes/plan-operations.ts'
import { changeZone } from '../changes/publish-change.ts'
import { etagOf } from '../changes/refuse-stale.ts'
import { viewOf } from '../changes/zone-view.ts'
import type { Tx } from '../database/pools.ts'
import { notFound } from '../fault.ts'
import type { Routes } from '../http/routes.ts'
import { proposeInstead } from '../proposals/propose-instead.ts'
import { listRecords } from './list-records.ts'
import { presentRecords } from './present-record.ts'
import { recordById, zoneName } from './store.ts'
import { visibleRecords } from './visible-records.ts'

export const recordRoutes = {
  'records.list': (request) =>
    request.read(async (tx) => {
      const { serial, ...page } = await listRecords(request, tx)
      request.answerHeaders.set('etag', etagOf(serial))
      return page
    }),

  'records.read': (request) =>
    request.read(async (tx) => {
      const at = { orgId: request.actor.orgId, zoneId: request.params.zone_id }
      const zone = await zoneName(tx, request.allowed, at)
      const record = await recordById(tx, request.allowed, at, request.params.record_id)
      if (!zone || !record || !request.place) throw notFound()
      const sees = await visibleRecords(tx, request.actor, request.place)
      if (sees && !sees(record)) throw notFound()
      request.answerHeaders.set('etag', etagOf(zone.serial))
      return shownRecordOf(request, tx, request.params.zone_id, record.id)
    }),

  'records.create': async (request) => {
    const { comment, ...fields } = request.body
    return writeRecord(request, request.params.zone_id, comment, { op: 'create', ...fields })
  },

  'records.update': async (request) => {
    const { comment, ...fields } = request.body
    const { zone_id: zoneId, record_id } = request.params
    return writeRecord(request, zoneId, comment, { op: 'update', record_id, ...fields })
  },

  'records.delete': async (request) => {
    const { zone_id: zoneId, record_id } = request.params
    const operation = { op: 'delete', record_id } as const
    return changeZone(
      request,
      wishOf(request, zoneId, '', operation),
      async (_tx, { serial }) => {
        request.answerHeaders.set('etag', etagOf(serial))
        return null
      },
      proposeInstead(request, { operations: [operation], comment: '' }),
    )
  },
} satisfies Routes<'records.list' | 'records.read' | 'records.create' | 'records.update' | 'records.delete'>

async function writeRecord(request: ZoneRequest, zoneId: string, comment: string, operation: Operation) {
  let id = operation.op === 'create' ? '' : operation.record_id
  const wish = wishOf(request, zoneId, comment, operation, (made) => {
    id = made
  })
  return changeZone(
    request,
    wish,
    async (tx, { serial }) => {
      request.answerHeaders.set('etag', etagOf(serial))
      return { ...(await shownRecordOf(request, tx, zoneId, id)), serial }
    },
    proposeInstead(request, { operations: [operation], comment }),
  )
}

function wishOf(
  request: ZoneRequest,
  zoneId: string,
  comment: string,
  operation: Operation,
  onMade?: (id: string) => void,
) {
  return {
    zoneId,
    comment,
    source: sourceOf(request.actor),
    edit: async (tx: Tx, zone: Parameters<typeof viewOf>[2]) => {
      const edit = await planOperations(await viewOf(request, tx, zone), [operation], { single: true })
      const [first] = edit.added
      if (first && operation.op === 'create') onMade?.(first.id)
      return edit
    },
  }
}

async function shownRecordOf(request: ZoneRequest, tx: Tx, zoneId: string, id: string) {
  const at = { orgId: request.actor.orgId, zoneId }
  const zone = await zoneName(tx, request.allowed, at)
  const record = await recordById(tx, request.allowed, at, id)
  const [shown] = zone && record ? await presentRecords(tx, request.actor, zone.name, [record]) : []
  if (!shown) throw notFound()
  return shown
}
