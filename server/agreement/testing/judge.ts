// What the slow oracle says of an organization.

import type { Permission, RecordRef } from '@zoneward/permissions'
import { oracleAllows } from '../../../permissions/oracle/oracle.ts'
import { oracleLevel, recordsAround } from '../../../permissions/oracle/oracle-questions.ts'
import type { AskedRecord } from './questions.ts'
import { labelsOf, type Place, type World } from './read-world.ts'

type Question = { subjectId: string; permission: Permission; place: Place; record?: AskedRecord | undefined }

/** In the interface: 0 not at all, 1 with a review, 2 freely. */
export function judge(world: World, { subjectId, permission, place, record }: Question): number {
  return judgeLevel(world, subjectId, wantedFor(permission, place, record), place, record && refOf(record))
}

/** By a key of theirs that is bounded by nothing. */
export function judgeByKey(world: World, { subjectId, permission, place, record }: Question): boolean {
  const subject = world.people.find(({ id }) => id === subjectId)
  if (subject === undefined) return false
  const ceilings = { customers: world.ceilings, apiKey: { permissions: 'all', scopes: 'all' } as const }
  const asker = { subject, now: world.now, channel: 'api', ceilings } as const
  const resource = withRecord(place, record && refOf(record))
  return oracleAllows(world.grants, world.roles, {
    ...asker,
    permission: wantedFor(permission, place, record),
    resource,
  })
}

/** May they, with that very permission, do it at all: to the whole, or to some records? */
export function judgeSome(world: World, subjectId: string, permission: Permission, place: Place): boolean {
  if (judgeLevel(world, subjectId, permission, place) > 0) return true
  if (!/^(records|changes)\./.test(permission)) return false
  const records = recordsAround(world.grants.flatMap(({ patterns }) => patterns ?? []))
  return records.some((ref) => judgeLevel(world, subjectId, permission, place, ref) > 0)
}

/** The level with that very permission; 0 of whoever, and of whatever, is not there. */
export function judgeLevel(
  world: World,
  subjectId: string,
  permission: Permission,
  place: Place | undefined,
  ref?: RecordRef,
): number {
  if (place === undefined) return 0
  return oracleLevel(world, { subjectId, permission, resource: withRecord(place, ref), now: world.now })
}

export function without(world: World, grantIds: readonly string[]): World {
  return { ...world, grants: world.grants.filter(({ id }) => !grantIds.includes(id)) }
}

export function refOf({ name, type }: AskedRecord): RecordRef {
  return { labels: labelsOf(name), type }
}

function withRecord(place: Place, record: RecordRef | undefined) {
  return record === undefined ? place : { ...place, record }
}

/** To write SOA, the apex NS, or what makes a DMARC policy, is a permission of its own. */
export function wantedFor(permission: Permission, place: Place, record: AskedRecord | undefined): Permission {
  if (record === undefined || permission !== 'records.write' || place.kind !== 'zone') return permission
  const { labels, type } = refOf(record)
  if (type === 'SOA' || (type === 'NS' && labels.join('.') === place.name)) return 'records.protected.write'
  const covers = labels[0] === '*' && ['TXT', 'CNAME'].includes(type)
  return covers || labels.includes('_dmarc') || type === 'NS' || type === 'DNAME'
    ? 'records.dmarc.write'
    : 'records.write'
}
