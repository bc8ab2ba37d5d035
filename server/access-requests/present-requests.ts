import type { ItemOf } from '@zoneward/api'
import { allowSelf, isVisible, requestOf } from '../access/authorize.ts'
import { describeSubjects, type ShownSubject } from '../access/describe-subjects.ts'
import { findResources } from '../access/find-resource.ts'
import { heldAccess } from '../access/held-access.ts'
import type { StoredPattern } from '../access/key-ceiling.ts'
import { permissionWords } from '../access/permission-words.ts'
import { roleBook } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { type NamedScope, nameScopes } from '../organization/name-scopes.ts'
import { readPermission } from '../questions/read-questions.ts'
import { judgeRequests } from './judge-requests.ts'
import { recordOf, resourceOf, scopeOf } from './proposed-grant.ts'
import { endsOfGrants, type RequestRow } from './store.ts'

export type ShownRequest = ItemOf<'access_requests.list'>

/** Requests as they are shown. Whoever lost sight of the thing is no longer told its name. */
export async function presentRequests(tx: Tx, actor: Actor, rows: RequestRow[]): Promise<ShownRequest[]> {
  if (rows.length === 0) return []
  const { orgId } = actor
  const people = await describeSubjects(
    tx,
    actor,
    rows.flatMap((row) => [row.subject_id, row.decided_by ?? row.subject_id]),
  )
  const nameOf = await nameScopes(tx, orgId, [...rows.map(resourceOf), ...rows.map(scopeOf)])
  const roles = await roleBook(tx, orgId)
  const grantIds = rows.flatMap((row) => row.grant_id ?? [])
  const ends = await endsOfGrants(tx, allowSelf(), { orgId, ids: grantIds })
  const decidable = await judgeRequests(tx, actor, rows)
  const isSeen = await sightOf(tx, actor, rows)
  return rows.map((row) => {
    const hidden = (scope: NamedScope) => (isSeen(row) ? scope : { ...scope, name: '' })
    const resource = hidden(nameOf(resourceOf(row)))
    const end = row.grant_id === null ? undefined : ends.get(row.grant_id)
    return {
      id: row.id,
      subject: people.get(row.subject_id) ?? itself(actor),
      permission: row.permission,
      sentence: askedSentence(row, resource),
      resource,
      record: recordOf(row),
      role_id: row.role_id,
      role: roles.get(row.role_id)?.name ?? row.role_id,
      scope: hidden(nameOf(scopeOf(row))),
      patterns: row.patterns as StoredPattern[] | null,
      hours: row.hours,
      reason: row.reason,
      state: row.state,
      comment: row.comment,
      decided_by: deciderName(row, people, actor),
      decided_at: row.decided_at?.toISOString() ?? null,
      grant_id: end === undefined ? null : row.grant_id,
      ends_at: end?.toISOString() ?? null,
      created_at: row.created_at.toISOString(),
      own: row.subject_id === actor.subjectId,
      can_decide: decidable.has(row),
    }
  })
}

/** @example 'write records on the zone bakery.example, for TXT www.bakery.example' */
export function askedSentence(row: RequestRow, { kind, name }: NamedScope): string {
  const record = recordOf(row)
  const where = name === '' ? 'on something that is no longer there to see' : `on the ${kind} ${name}`
  const words = permissionWords(readPermission(row.permission, 'permission'))
  return `${words}: ${row.permission} ${where}${record === null ? '' : `, for ${record.type} ${record.name}`}`
}

function deciderName(row: RequestRow, people: Map<string, ShownSubject>, actor: Actor): string | null {
  if (row.decided_by === null) return null
  return people.get(row.decided_by)?.name ?? (actor.realm === 'client' ? 'your provider' : null)
}

// Only a service account that acts by its key is not described.
function itself({ subjectId, realm, name }: Actor): ShownSubject {
  return { id: subjectId, kind: 'service', realm, name, detail: '' }
}

async function sightOf(tx: Tx, actor: Actor, rows: RequestRow[]): Promise<(row: RequestRow) => boolean> {
  const own = rows.filter((row) => row.subject_id === actor.subjectId)
  const places = await findResources(tx, actor.orgId, own.map(resourceOf))
  const held = await heldAccess(tx, actor)
  return (row) => {
    // Who may decide it manages access there.
    if (row.subject_id !== actor.subjectId) return true
    const resource = places.get(`${row.resource_kind} ${row.resource_id}`)?.resource
    if (resource === undefined) return false
    const permission = readPermission(row.permission, 'permission')
    return isVisible(held, requestOf(actor, held, { permission, resource }))
  }
}
