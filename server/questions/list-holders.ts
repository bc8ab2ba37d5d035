import type { AnswerOf, ItemOf } from '@zoneward/api'
import type { AccessQuestion, Grant, RoleBook } from '@zoneward/permissions'
import { describeSubjects, type ShownSubject, showPerson } from '../access/describe-subjects.ts'
import { findResources } from '../access/find-resource.ts'
import { roleBook } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import { invalidField, notFound } from '../fault.ts'
import { pageOfRows, parseCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import { type NamedScope, nameScopes } from '../organization/name-scopes.ts'
import { findHolders } from './find-holders.ts'
import { aboutRecord, readPermission } from './read-questions.ts'
import { showPatterns } from './show-patterns.ts'

type Asking = ActorRequest<'access.holders'>
type Row = { person: ShownSubject; grant: Grant }

/** Everyone who may do this there, a row a grant, by name; held further up or by a team is marked implicit. */
export async function listHolders(tx: Tx, asking: Asking): Promise<AnswerOf<'access.holders'>> {
  const { actor, query } = asking
  const question = await readHolderQuestion(tx, asking)
  const held = await findHolders(tx, actor, question)
  const byTeam = held.filter(({ person, grant }) => grant.subjectId !== person.subject.id)
  const teams = await describeSubjects(
    tx,
    actor,
    byTeam.map(({ grant }) => grant.subjectId),
  )
  const rows = held.map(({ person, grant }): Row => ({ person: showPerson(person), grant }))
  const after = parseCursor(query.cursor, ['string', 'string', 'string'])
  const page = rows
    .map((row) => ({ ...row, key: keyOf(row) }))
    .sort((left, right) => compareKeys(left.key, right.key))
    .filter(({ key }) => after === null || compareKeys(key, after) > 0)
    .slice(0, query.limit + 1)
  const nameOf = await nameScopes(
    tx,
    actor.orgId,
    page.map(({ grant }) => grant.scope),
  )
  const roles = await roleBook(tx, actor.orgId)
  const teamOf = ({ person, grant }: Row) =>
    grant.subjectId === person.id ? null : (teams.get(grant.subjectId)?.name ?? 'a team')
  const place = query.resource_id.toLowerCase()
  const present = (row: Row) => presentHolder(row, { team: teamOf(row), scope: nameOf(row.grant.scope), place, roles })
  return pageOfRows(page, query.limit, present, ({ key }) => key)
}

async function readHolderQuestion(tx: Tx, asking: Asking): Promise<AccessQuestion> {
  const { actor, query } = asking
  const permission = readPermission(query.permission, 'permission')
  const ref = { kind: query.resource_kind, id: query.resource_id }
  const place = [...(await findResources(tx, actor.orgId, [ref])).values()][0]
  await asking.authorize(tx, 'grants.view', place?.resource ?? null)
  if (!place) throw notFound()
  const { record_name: name, record_type: type } = query
  if ((name === undefined) !== (type === undefined)) {
    throw invalidField(
      name === undefined ? 'record_name' : 'record_type',
      'A record is named by its name and its type.',
    )
  }
  const record = name === undefined || type === undefined ? {} : { record: { name, type } }
  return { ...aboutRecord(record, place, permission, ''), now: actor.now, channel: 'interface' }
}

type Around = { team: string | null; scope: NamedScope; place: string; roles: RoleBook }

function presentHolder({ person, grant }: Row, { team, scope, place, roles }: Around): ItemOf<'access.holders'> {
  return {
    subject: person,
    role: roles.get(grant.roleId)?.name ?? grant.roleId,
    scope,
    via_team: team,
    implicit: team !== null || grant.scope.id !== place,
    grant_id: grant.id,
    patterns: grant.patterns ? showPatterns(grant.patterns) : null,
    ends_at: grant.endsAt === undefined ? null : new Date(grant.endsAt).toISOString(),
  }
}

type Key = readonly [name: string, subjectId: string, grantId: string]

function keyOf({ person, grant }: Row): Key {
  return [person.name.toLowerCase(), person.id, grant.id]
}

function compareKeys(left: Key, right: Key): number {
  for (const [place, text] of left.entries()) {
    const other = right[place] ?? ''
    if (text !== other) return text < other ? -1 : 1
  }
  return 0
}
