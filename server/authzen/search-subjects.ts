import type { AnswerOf, ParsedBody } from '@zoneward/api'
import { type AccessQuestion, isAllowed, isPermission, type Resource } from '@zoneward/permissions'
import { sql } from 'kysely'
import { may } from '../access/authorize.ts'
import { findResources } from '../access/find-resource.ts'
import { anyOf, loadAccess } from '../access/held-access.ts'
import type { Person } from '../access/people.ts'
import { roleBook, rolesWith } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { parseCursor, printCursor } from '../http/cursor.ts'
import { findHolders } from '../questions/find-holders.ts'
import { ownAccess } from '../questions/whose-access.ts'
import { aboutOf, isOfType, isOwnType } from './evaluate.ts'
import { readPage, type TokenPage } from './page-token.ts'
import { isSubjectType, readResource, type SubjectType } from './words.ts'

type Found = AnswerOf<'authzen.subjects'>
export const nothingFound: Found = { page: { next_token: '', count: 0 }, results: [] }

/** Who may do it, also through a team. Who may not ask about others there finds itself alone. */
export async function searchSubjects(tx: Tx, actor: Actor, body: ParsedBody<'authzen.subjects'>): Promise<Found> {
  const page = readPage(body)
  const { type } = body.subject
  const what = readResource(body.resource)
  const permission = body.action.name
  if (!isSubjectType(type) || what === null || !isPermission(permission)) return nothingFound
  const place = [...(await findResources(tx, actor.orgId, [what.scope])).values()][0]
  const about = place ? aboutOf({ permission, record: what.record }, place) : null
  if (!place || !about) return nothingFound
  const question: AccessQuestion = { ...about, now: actor.now, channel: 'interface' }
  if (!(await may(tx, actor, { permission: 'grants.view', resource: place.resource }))) {
    return onlyOneself(tx, actor, type, question)
  }
  return type === 'team' ? teamsThat(tx, actor, question, page) : peopleThat(tx, actor, type, question, page)
}

async function onlyOneself(tx: Tx, actor: Actor, type: SubjectType, question: AccessQuestion): Promise<Found> {
  const { held, asker } = await ownAccess(tx, actor)
  if (!isOwnType(type, actor) || !isAllowed(held.index, { ...question, ...asker })) return nothingFound
  return { page: { next_token: '', count: 1 }, results: [{ type, id: actor.subjectId }] }
}

async function peopleThat(
  tx: Tx,
  actor: Actor,
  type: SubjectType,
  question: AccessQuestion,
  page: TokenPage,
): Promise<Found> {
  let after = parseCursor(page.cursor, ['string', 'string'])
  const found: { person: Person; key: readonly [string, string] }[] = []
  for (;;) {
    const held = await findHolders(tx, actor, question, { after, limit: page.limit + 1 })
    // Who may do it to some records only may not do it: such grants are left out where no record is named.
    const whole = held.filter(
      ({ person, grants }) =>
        isOfType(type, person.kind) &&
        (question.resource.record || grants.some(({ patterns }) => !patterns) || seesSome(question)),
    )
    found.push(...whole)
    after = held.at(-1)?.key ?? null
    if (held.length <= page.limit || found.length > page.limit) break
  }
  const shown = found.slice(0, page.limit)
  const last = shown.at(-1)?.key ?? null
  const next_token = found.length > page.limit ? page.tokenAfter(last ? printCursor(last) : '') : ''
  const results = shown.map(({ person }) => ({ type, id: person.subject.id, properties: { name: person.name } }))
  return { page: { next_token, count: results.length }, results }
}

// To see that a zone is there, some of its records are enough.
function seesSome({ permission, resource }: AccessQuestion): boolean {
  return resource.record === undefined && (permission === 'zones.view' || permission === 'records.view')
}

type Team = { id: string; name: string; realm: 'staff' | 'client' }

/** Teams are few: all that hold something near are judged. */
async function teamsThat(tx: Tx, actor: Actor, question: AccessQuestion, page: TokenPage): Promise<Found> {
  const { orgId } = actor
  const [after] = parseCursor(page.cursor, ['string']) ?? ['']
  const roleIds = rolesWith(await roleBook(tx, orgId), question.permission)
  const near: Resource = question.resource
  const { rows } = await sql<Team>`select t.id, t.name, t.realm from team t
    where t.org_id = ${orgId}::uuid and t.id::text > ${after}
      and (${actor.realm === 'staff'}::boolean or t.customer_id = ${actor.portal?.customerId ?? null}::uuid)
      and exists (select from access_grant g where g.org_id = t.org_id and g.subject_id = t.id
        and g.scope_id = ${anyOf(near.ancestors.map(({ id }) => id))})
    order by t.id`.execute(tx)
  const { index, customers } = await loadAccess(tx, { orgId, near, roleIds, subjectIds: rows.map(({ id }) => id) })
  const able = rows.filter(({ id, realm }) =>
    isAllowed(index, { ...question, subject: { id, realm, teamIds: [] }, ceilings: { customers } }),
  )
  const shown = able.slice(0, page.limit)
  const next_token = able.length > page.limit ? page.tokenAfter(printCursor([shown.at(-1)?.id ?? orgId])) : ''
  const results = shown.map(({ id, name }) => ({ type: 'team', id, properties: { name } }))
  return { page: { next_token, count: results.length }, results }
}
