import { foldName, printZoneFile, TYPE } from '@zoneward/dns'
import { type Allowed, may } from '../access/authorize.ts'
import { organizationResource, zoneResource } from '../access/find-resource.ts'
import { howLong } from '../changes/how-long.ts'
import { presentOutcome } from '../changes/present-change.ts'
import { changeZone } from '../changes/publish-change.ts'
import { etagOf } from '../changes/refuse-stale.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, invalidField, notFound } from '../fault.ts'
import type { Routes } from '../http/routes.ts'
import { recordRef, shownName } from '../records/record-names.ts'
import { findZoneByName } from '../zones/find-zone-by-name.ts'
import { readZoneName } from '../zones/zone-name.ts'
import { checkFile } from './check-file.ts'
import { planImport } from './plan-import.ts'
import { fileFault, readZoneFile } from './read-zone-file.ts'
import { wholeZone, zoneOf } from './store.ts'

export const zoneFileRoutes = {
  'zone_file_checks.create': (request) =>
    request.read(async (tx) => {
      const scopes = await request.visible(tx, 'zones.create')
      const nowhere = [scopes.organizations, scopes.customers, scopes.providers].every((list) => list.length === 0)
      if (nowhere) await request.authorize(tx, 'zones.create', organizationResource(request.actor.orgId))
      const named = request.body.name ? readZoneName(request.body.name) : null
      if (named && 'error' in named) throw invalidField('name', named.error)
      const check = checkFile(request.body.zone_file, named?.name ?? null)
      const existing = check.apex === null ? null : await findZoneByName(tx, request.actor, foldName(check.apex))
      return {
        name: check.apex === null ? null : shownName(check.apex),
        records: check.records.length,
        errors: check.errors,
        warnings: check.warnings,
        existing_zone_id: existing,
      }
    }),

  'zones.file.read': (request) =>
    request.read(async (tx) => {
      refusePartial(request.allowed)
      const at = { orgId: request.actor.orgId, id: request.params.zone_id }
      const zone = await zoneOf(tx, request.allowed, at)
      if (!zone) throw notFound()
      request.answerHeaders.set('etag', etagOf(zone.serial))
      return { zone_file: printZoneFile(zone.name, await wholeZone(tx, request.allowed, at)) }
    }),

  'zones.file.replace': async (request) => {
    const { zone_file: text, mode, dry_run: dryRun, comment } = request.body
    const zoneId = request.params.zone_id
    const at = { orgId: request.actor.orgId, id: zoneId }
    const read = async (tx: Tx) => {
      const allowed = await request.authorize(tx, 'records.view', request.place)
      refusePartial(allowed)
      return zoneOf(tx, allowed, at)
    }
    // Reading a large file takes longer than a guarded transaction may last, so it happens before.
    const zone = await request.read(read)
    if (!zone) throw notFound()
    const file = readZoneFile(text, zone.name)
    if (file.errors.length > 0) throw fileFault(file.errors)
    // A file cut to nothing on its way is likelier than a zone that is to lose everything.
    if (file.records.length === 0) throw fileFault([{ line: 1, message: 'The file has no record' }])
    const result = await changeZone(
      request,
      {
        zoneId,
        comment,
        source: 'import',
        dryRun,
        ...howLong(Math.max(file.records.length, zone.record_count)),
        edit: async (tx, now) => {
          await read(tx)
          const { serial, ...plan } = planImport(now, await wholeZone(tx, request.allowed, at), file, mode)
          // The serial is a part of the SOA record: it is set by who may write that one, and otherwise moves on by one.
          const soa = { permission: 'records.protected.write', record: recordRef(now.name, TYPE.SOA) } as const
          const sets =
            serial !== undefined && (await may(tx, request.actor, { ...soa, resource: zoneResource(at.orgId, now) }))
          return sets ? { ...plan, serial } : plan
        },
      },
      (tx, outcome) => presentOutcome(request, tx, zoneId, outcome),
    )
    request.answerHeaders.set('etag', etagOf(result.serial))
    return result
  },
} satisfies Routes<'zone_file_checks.create' | 'zones.file.read' | 'zones.file.replace'>

/** Access to some records is never access to the file. */
function refusePartial(allowed: Allowed): void {
  if (!allowed.partial) return
  const detail =
    'The access here covers some records only, and a zone file is the whole zone: "records.view" of all of it is missing.'
  throw new Fault('forbidden', detail, { permission: 'records.view' })
}
