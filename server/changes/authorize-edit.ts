import { effectivePatterns, type Permission, type Resource, recordPermission } from '@zoneward/permissions'
import { requestOf } from '../access/authorize.ts'
import { heldAccess } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import { labelsOfBytes, recordRef, shownRecord } from '../records/record-names.ts'
import { rrsetKey, type StoredRecord, type ZoneEdit } from './zone-record.ts'

/** The parts of a request that every feature about one zone uses; they are the same whatever the operation. */
export type ZoneRequest = Pick<
  ActorRequest<'zones.read'>,
  | 'actor'
  | 'authorize'
  | 'visible'
  | 'read'
  | 'write'
  | 'changeAccess'
  | 'headers'
  | 'answerHeaders'
  | 'allowed'
  | 'context'
>

/**
 * Every record that the edit takes away or puts in place needs the permission for it: before and after, so that nobody
 * turns what it may write into what it may not. A refusal names the record.
 */
export async function authorizeEdit(
  request: ZoneRequest,
  tx: Tx,
  zone: Resource,
  apex: string,
  edit: Pick<ZoneEdit, 'removed' | 'added'>,
): Promise<void> {
  const apexLabels = labelsOfBytes(apex)
  const groups = new Map<Permission, StoredRecord[]>()
  const seen = new Set<string>()
  for (const record of [...edit.removed, ...edit.added]) {
    const key = rrsetKey(record)
    if (seen.has(key)) continue
    seen.add(key)
    const ref = recordRef(record.owner, record.type)
    const permission = recordPermission({ ...ref, apexLabels })
    const group = groups.get(permission)
    if (group) group.push(record)
    else groups.set(permission, [record])
  }
  for (const [permission, records] of groups) {
    const all = await holdsAll(request, tx, permission, zone)
    for (const record of all ? records.slice(0, 1) : records)
      await authorizeRecord(request, tx, permission, zone, apex, record)
  }
}

const writes = ['records.write', 'records.dmarc.write', 'records.protected.write'] as const

/** Who may write nothing at all in the zone is told so before anything else is looked at. */
export async function authorizeSomeWrite(request: ZoneRequest, tx: Tx, resource: Resource): Promise<void> {
  const { actor } = request
  const held = await heldAccess(tx, actor)
  const some = writes.some((permission) => {
    const patterns = effectivePatterns(held.index, requestOf(actor, held, { permission, resource }))
    return patterns === 'all' || patterns.length > 0
  })
  if (!some) await request.authorize(tx, 'records.write', resource)
}

/** A permission held without patterns covers every record: one question then answers for all. */
async function holdsAll(request: ZoneRequest, tx: Tx, permission: Permission, resource: Resource): Promise<boolean> {
  const { actor } = request
  const held = await heldAccess(tx, actor)
  return effectivePatterns(held.index, requestOf(actor, held, { permission, resource })) === 'all'
}

async function authorizeRecord(
  request: ZoneRequest,
  tx: Tx,
  permission: Permission,
  zone: Resource,
  apex: string,
  record: StoredRecord,
): Promise<void> {
  try {
    await request.authorize(tx, permission, zone, recordRef(record.owner, record.type))
  } catch (error) {
    if (error instanceof Fault && error.code === 'forbidden')
      throw new Fault('forbidden', `Not allowed to change ${shownRecord(record, apex)}. ${error.message}`, error.facts)
    throw error
  }
}
