import { heldAccess } from '../access/held-access.ts'
import { pageOfRows, parseCursor } from '../http/cursor.ts'
import type { Routes } from '../http/routes.ts'
import { createZone } from './create-zone.ts'
import { deleteZone } from './delete-zone.ts'
import { listZones } from './list-zones.ts'
import { moveZoneTo } from './move-zone.ts'
import { presentZone, zoneDetail } from './present-zone.ts'

export const zoneRoutes = {
  'zones.list': (request) =>
    request.read(async (tx) => {
      const { actor, query } = request
      const { limit, cursor } = query
      const key = parseCursor(cursor, ['string', 'string'])
      const after = key && { sortKey: Buffer.from(key[0], 'base64'), id: key[1] }
      const scopes = await request.visible(tx, 'zones.view')
      const who = { orgId: actor.orgId, holders: [actor.subjectId, ...actor.teamIds] }
      const rows = await listZones(tx, who, scopes, query, { after, limit: limit + 1 })
      const held = await heldAccess(tx, actor)
      const present = (row: (typeof rows)[number]) => presentZone(row, actor, held)
      return pageOfRows(rows, limit, present, (row) => [row.sort_key.toString('base64'), row.id])
    }),
  'zones.create': createZone,
  'zones.read': (request) => request.read((tx) => zoneDetail(request, tx, request.params.zone_id)),
  'zones.update': moveZoneTo,
  'zones.delete': deleteZone,
} satisfies Routes<'zones.list' | 'zones.create' | 'zones.read' | 'zones.update' | 'zones.delete'>
