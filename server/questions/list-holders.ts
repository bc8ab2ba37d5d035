import type { AnswerOf, ItemOf } from '@zoneward/api'
import type { AccessQuestion, Grant, RoleBook } from '@zoneward/permissions'
import { describeSubjects, type ShownSubject, showPerson } from '../access/describe-subjects.ts'
import { findResources } from '../access/find-resource.ts'
import { roleBook } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import { notFound } from '../fault.ts'
import { pageOfRows, parseCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import { type NamedScope, nameScopes } from '../organization/name-scopes.ts'
import { findHolders, type HeldBy } from './find-holders.ts'
import { readPermission } from './read-questions.ts'
import { aboutQueriedRecord } from './record-of-query.ts'
import { showPatterns } from './show-patterns.ts'

type Asking = ActorRequest<'access.holders'>
type Key = readonly [name: string, subjectId: string, grantId: string]
type Row = { person: ShownSubject; grant: Grant; key: Key }

/** Everyone who may do this there, a row a grant, by name; held further up or by a team is marked implicit. */
export async function listHolders(tx: Tx, asking: Asking): Promise<AnswerOf<'access.holders'>> {
  const { actor, query } = asking
  const question = await readHolderQuestion(tx, asking)
  const after = parseCursor(query.cursor, ['string', 'string', 'string'])
  const start = after && ([after[0], after[1]] as const)
  // The last person of the page before may have more grants, which come first.
  const page = { after: start, including: true, limit: query.limit + 2 }
  const held = await findHolders(tx, actor, question, page)
  const rows = held
    .flatMap(rowsOf)
    .filter(({ key }) => after === null || key[1] !== after[1] || key[2] > after[2])
    .slice(0, query.limit + 1)
  const byTeam = rows.filter(({ person, grant }) => grant.subjectId !== person.id)
  const teams = await describeSubjects(
    tx,
    actor,
    byTeam.map(({ grant }) => grant.subjectId),
  )
  const nameOf = await nameScopes(
    tx,
    actor.orgId,
    rows.map(({ grant }) => grant.scope),
  )
  const roles = await roleBook(tx, actor.orgId)
  const teamOf = ({ person, grant }: Row) =>
    grant.subjectId === person.id ? null : (teams.get(grant.subjectId)?.name ?? 'a team')
  const place = query.resource_id.toLowerCase()
  const present = (row: Row) => presentHolder(row, { team: teamOf(row), scope: nameOf(row.grant.scope), place, roles })
  return pageOfRows(rows, query.limit, present, ({ key }) => key)
}

function rowsOf({ person, key, grants }: HeldBy): Row[] {
  const shown = showPerson(person)
  return grants
    .toSorted((left, right) => (left.id < right.id ? -1 : 1))
    .map((grant) => ({ person: shown, grant, key: [...key, grant.id] }))
}

async function readHolderQuestion(tx: Tx, asking: Asking): Promise<AccessQuestion> {
  const { actor, query } = asking
  const permission = readPermission(query.permission, 'permission')
  const ref = { kind: query.resource_kind, id: query.resource_id }
  const place = [...(await findResources(tx, actor.orgId, [ref])).values()][0]
  await asking.authorize(tx, 'grants.view', place?.resource ?? null)
  if (!place) throw notFound()
  return { ...aboutQueriedRecord(query, place, permission), now: actor.now, channel: 'interface' }
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
