import type { ParsedBody } from '@zoneward/api'
import { isPermission, type Permission, type Scope, type ScopeKind, scopeKinds } from '@zoneward/permissions'
import { isId } from '../ids.ts'

// What the specification leaves open: our subjects, resources and actions, in its words. Whatever is in none of them is
// no error, only something that nobody may do: https://openid.net/specs/authorization-api-1_0.html#section-5

export type Evaluation = ParsedBody<'authzen.evaluation'>
type Entity = { type: string; id: string; properties?: Record<string, unknown> | undefined }

/** `user` is any of the first three; the others say which. */
export const subjectTypes = ['user', 'member', 'client_user', 'service', 'team'] as const
export type SubjectType = (typeof subjectTypes)[number]

export type RecordWords = { name: string; type: string }
export type Words = {
  subject: { type: SubjectType; id: string }
  permission: Permission
  scope: Scope
  record: RecordWords | null
}
/** What is not known of it. */
export type Unknown = { unknown: 'subject' | 'action' | 'resource' }

/** One question in our words, or which part of it is none of them. */
export function wordsOf({ subject, action, resource }: Evaluation): Words | Unknown {
  const who = readSubject(subject)
  if (who === null) return { unknown: 'subject' }
  if (!isPermission(action.name)) return { unknown: 'action' }
  const what = readResource(resource)
  return what === null ? { unknown: 'resource' } : { subject: who, permission: action.name, ...what }
}

export function isSubjectType(type: string): type is SubjectType {
  return (subjectTypes as readonly string[]).includes(type)
}

export function readSubject({ type, id }: Entity): Words['subject'] | null {
  return isSubjectType(type) && isId(id) ? { type, id: id.toLowerCase() } : null
}

/** A scope, or a record of a zone: `zone_id/name/type`, or these three as properties. */
export function readResource({ type, id, properties }: Entity): Pick<Words, 'scope' | 'record'> | null {
  if (type === 'record') return readRecord(id, properties)
  if (!isScopeKind(type) || !isId(id)) return null
  return { scope: { kind: type, id: id.toLowerCase() }, record: null }
}

export function isScopeKind(type: string): type is ScopeKind {
  return (scopeKinds as readonly string[]).includes(type)
}

export function printRecordId(zoneId: string, { name, type }: RecordWords): string {
  return `${zoneId}/${name}/${type}`
}

function readRecord(id: string, properties: Entity['properties']): Pick<Words, 'scope' | 'record'> | null {
  // Names may have a slash in them (RFC 2317), types and ids never.
  const [, inZone = '', inName = '', inType = ''] = /^([^/]*)\/(.*)\/([^/]*)$/s.exec(id) ?? []
  const { zone_id = inZone, name = inName, type = inType } = properties ?? {}
  if (typeof zone_id !== 'string' || typeof name !== 'string' || typeof type !== 'string') return null
  if (!isId(zone_id) || name === '' || type === '') return null
  return { scope: { kind: 'zone', id: zone_id.toLowerCase() }, record: { name, type } }
}
