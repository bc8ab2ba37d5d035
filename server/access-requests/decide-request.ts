import type { Resource } from '@zoneward/permissions'
import { type Allowed, isVisible } from '../access/authorize.ts'
import { findTarget, type Target } from '../access/describe-subjects.ts'
import { findResource } from '../access/find-resource.ts'
import { customersAbove, loadAccess } from '../access/held-access.ts'
import { roleBook } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, notFound } from '../fault.ts'
import { createGrant } from '../grants/create-grant.ts'
import type { ActorRequest, Note } from '../http/request.ts'
import { databaseNow } from '../invitations/database-now.ts'
import { readPermission } from '../questions/read-questions.ts'
import { judgeRequests } from './judge-requests.ts'
import type { ShownRequest } from './present-requests.ts'
import { resourceOf, scopeOf } from './proposed-grant.ts'
import { endOf, patternsOf, roleOf } from './read-decision.ts'
import { openRequest, showRequest } from './read-request.ts'
import { factsOfRequest, whereOf } from './request-facts.ts'
import { endRequest, type RequestRow } from './store.ts'
import { tellAsker } from './tell-asker.ts'

type Deciding = ActorRequest<'access_requests.decide'>

/** Grants or refuses a request. The same decision again is the one that was made. */
export async function decideRequest(tx: Tx, note: Note, request: Deciding): Promise<ShownRequest> {
  const { actor, body, params } = request
  const row = await openRequest(tx, actor, params.access_request_id, true)
  if (row.subject_id === actor.subjectId) {
    throw new Fault('forbidden', 'Nobody decides their own request: somebody else who may grant it does.')
  }
  const at = await findResource(tx, actor.orgId, scopeOf(row))
  const allowed = await request.authorize(tx, 'grants.manage', at)
  const wanted = body.decision === 'grant' ? 'granted' : 'refused'
  if (row.state !== 'pending') {
    if (row.state !== wanted) throw new Fault('conflict', `This request was ${row.state} already.`)
    note.nothing()
    return showRequest(tx, actor, row)
  }
  const target = await findTarget(tx, actor, row.subject_id)
  if (target === null) throw notFound()
  const decided =
    wanted === 'granted'
      ? await grantIt(tx, note, request, { row, target, allowed })
      : await refuseIt(tx, note, request, { row, target, allowed })
  await tellAsker(tx, request.context, actor, decided)
  return showRequest(tx, actor, decided)
}

type Opened = { row: RequestRow; target: Target; allowed: Allowed }

/** Makes the grant by the same code as any other, so that every rule of granting holds. */
async function grantIt(tx: Tx, note: Note, request: Deciding, { row, target, allowed }: Opened): Promise<RequestRow> {
  const { actor, body } = request
  const resource = await placeOfAsking(tx, row, target)
  const roles = await roleBook(tx, actor.orgId)
  const { roleId, scope } = roleOf(row, body, resource, roles)
  const endsAt = endOf(row, body, await databaseNow(tx))
  const told = quietNote()
  const grant = await createGrant(tx, told.note, {
    ...request,
    id: 'grants.create',
    actor,
    params: undefined,
    query: undefined,
    body: {
      subject_id: row.subject_id,
      role_id: roleId,
      scope,
      patterns: patternsOf(row, body),
      starts_at: null,
      ends_at: new Date(endsAt).toISOString(),
      review_required: body.review_required,
      reason: row.reason,
    },
  })
  const end = { state: 'granted', by: actor.subjectId, comment: body.comment, grantId: grant.id } as const
  const decided = await endRequest(tx, allowed, row, end)
  const facts = await factsOfRequest(tx, row, roles)
  const comment = body.comment === '' ? {} : { comment: body.comment }
  const asked = { hours: row.hours, role: facts['role'], patterns: row.patterns }
  note({ ...whereOf(resource), facts: { ...facts, ...told.facts(), ...comment, asked } })
  return decided
}

async function refuseIt(tx: Tx, note: Note, request: Deciding, { row, target, allowed }: Opened): Promise<RequestRow> {
  const { actor, body } = request
  if (!(await judgeRequests(tx, actor, [row])).has(row)) {
    throw new Fault('forbidden', 'You could not grant this, so it is not yours to refuse: others decide it.')
  }
  const end = { state: 'refused', by: actor.subjectId, comment: body.comment, grantId: null } as const
  const decided = await endRequest(tx, allowed, row, end)
  const resource = await findResource(tx, actor.orgId, resourceOf(row))
  const facts = await factsOfRequest(tx, row, await roleBook(tx, actor.orgId))
  const comment = body.comment === '' ? {} : { comment: body.comment }
  note({
    action: 'access_request.refused',
    ...(resource === null ? {} : whereOf(resource)),
    facts: { ...facts, subject: target.shown.name, ...comment },
  })
  return decided
}

/** What was asked about, if it is still where it was and the asker still sees it. */
async function placeOfAsking(tx: Tx, row: RequestRow, { shown, people: [subject] }: Target): Promise<Resource> {
  const resource = await findResource(tx, row.org_id, resourceOf(row))
  if (resource === null || !resource.ancestors.some(({ id }) => id === row.scope_id)) {
    const detail = `What ${shown.name} asked for is gone, or was moved: refuse the request, and it can be asked anew.`
    throw new Fault('conflict', detail)
  }
  if (subject === undefined) throw notFound()
  const { index, ...held } = await loadAccess(tx, {
    orgId: row.org_id,
    subjectIds: [subject.id, ...subject.teamIds],
    customerIds: customersAbove(resource),
  })
  const { customers } = held
  const permission = readPermission(row.permission, 'permission')
  const question = { subject, permission, resource, now: await databaseNow(tx), channel: 'interface' as const }
  if (isVisible({ index, ...held }, { ...question, ceilings: { customers } })) return resource
  throw new Fault('conflict', `${shown.name} no longer sees what this request is about: refuse it.`)
}

/** Takes what the making of the grant tells, to put it into the one event of the decision. */
function quietNote(): { note: Note; facts: () => Record<string, unknown> } {
  let facts: Record<string, unknown> = {}
  const note: Note = Object.assign(
    (told: { facts?: Record<string, unknown> }) => {
      facts = told.facts ?? {}
    },
    { nothing: () => {} },
  )
  return { note, facts: () => facts }
}
