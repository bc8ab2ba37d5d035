import { effectivePatterns, isWrite, type Permission, type Resource, recordPermission } from '@zoneward/permissions'
import { type Allowed, requestOf } from '../access/authorize.ts'
import { type HeldAccess, heldAccess } from '../access/held-access.ts'
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

/** What an edit needs: something of `some` anywhere in the zone, and of each record all that `of` its own permission says. */
export type EditRights = {
  some: readonly Permission[]
  of(record: Permission): readonly Permission[]
}

const writes = ['records.write', 'records.dmarc.write', 'records.protected.write'] as const

export const writing: EditRights = { some: writes, of: (record) => [record] }

/**
 * Every record that the edit takes away or puts in place needs the permission for it: before and after, so that nobody
 * turns what it may write into what it may not. A refusal names the record. True where some of it is held by access
 * only that wants review.
 */
export async function authorizeEdit(
  request: ZoneRequest,
  tx: Tx,
  { zone, apex, edit, rights = writing }: EditAtZone,
): Promise<boolean> {
  let reviewRequired = false
  for (const [permission, records] of byPermission(apex, edit, rights)) {
    const all = await holdsAll(request, tx, permission, zone)
    for (const record of all ? records.slice(0, 1) : records) {
      const allowed = await authorizeRecord(request, tx, permission, zone, apex, record)
      if (allowed.reviewRequired && isWrite(permission)) reviewRequired = true
    }
  }
  return reviewRequired
}

export type EditAtZone = {
  zone: Resource
  apex: string
  edit: Pick<ZoneEdit, 'removed' | 'added'>
  rights?: EditRights
}

/** One record of each set that the edit touches, by the permissions that it needs. */
function byPermission(
  apex: string,
  edit: Pick<ZoneEdit, 'removed' | 'added'>,
  rights: EditRights,
): Map<Permission, StoredRecord[]> {
  const apexLabels = labelsOfBytes(apex)
  const groups = new Map<Permission, StoredRecord[]>()
  const seen = new Set<string>()
  for (const record of [...edit.removed, ...edit.added]) {
    const key = rrsetKey(record)
    if (seen.has(key)) continue
    seen.add(key)
    const own = recordPermission({ ...recordRef(record.owner, record.type), apexLabels })
    for (const permission of rights.of(own)) {
      const group = groups.get(permission)
      if (group) group.push(record)
      else groups.set(permission, [record])
    }
  }
  return groups
}

/** Who may do nothing of it in the zone is told so before anything else is looked at. */
export async function authorizeSome(
  request: ZoneRequest,
  tx: Tx,
  resource: Resource,
  { some }: EditRights,
): Promise<void> {
  const { actor } = request
  const held = await heldAccess(tx, actor)
  const any = some.some((permission) => {
    const patterns = effectivePatterns(held.index, requestOf(actor, held, { permission, resource }))
    return patterns === 'all' || patterns.length > 0
  })
  const [first] = some
  if (!any && first) await request.authorize(tx, first, resource)
}

/** A permission held without patterns covers every record: one question then answers for all. */
async function holdsAll(request: ZoneRequest, tx: Tx, permission: Permission, resource: Resource): Promise<boolean> {
  const { actor } = request
  const held = await heldAccess(tx, actor)
  if (holdsReviewed(held, actor)) return false
  return effectivePatterns(held.index, requestOf(actor, held, { permission, resource })) === 'all'
}

/** Access that wants review may cover some of the records, and plain access others: then each is asked about. */
function holdsReviewed({ index }: HeldAccess, { subjectId, teamIds }: ZoneRequest['actor']): boolean {
  return [subjectId, ...teamIds].some((id) =>
    index.bySubject.get(id)?.all.some(({ grant }) => grant.reviewRequired === true),
  )
}

async function authorizeRecord(
  request: ZoneRequest,
  tx: Tx,
  permission: Permission,
  zone: Resource,
  apex: string,
  record: StoredRecord,
): Promise<Allowed> {
  try {
    return await request.authorize(tx, permission, zone, recordRef(record.owner, record.type))
  } catch (error) {
    if (error instanceof Fault && error.code === 'forbidden')
      throw new Fault('forbidden', `Not allowed to change ${shownRecord(record, apex)}. ${error.message}`, error.facts)
    throw error
  }
}
