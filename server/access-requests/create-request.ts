import {
  type AccessRequest,
  checkGrant,
  decide,
  type GrantProposal,
  type Refused,
  type RoleBook,
} from '@zoneward/permissions'
import { allowSelf, isVisible, requestOf } from '../access/authorize.ts'
import { findResources, type NamedResource } from '../access/find-resource.ts'
import { heldAccess } from '../access/held-access.ts'
import { permissionWords } from '../access/permission-words.ts'
import { accessLabels } from '../access/record-ref.ts'
import { recordText, sentenceOf } from '../access/refusal.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, invalidField, notFound } from '../fault.ts'
import type { ActorRequest, Note } from '../http/request.ts'
import { newId } from '../ids.ts'
import { aboutRecord, readPermission } from '../questions/read-questions.ts'
import { showPatterns } from '../questions/show-patterns.ts'
import { presentRequests, type ShownRequest } from './present-requests.ts'
import { factsOfRequest, whereOf } from './request-facts.ts'
import { countOwn, findSame, insertRequest, queueTelling } from './store.ts'

type Asking = ActorRequest<'access_requests.create'>

/** So many questions of one person wait at most; the rest is noise for whoever decides. */
const mostPending = 100
// Each of them is a mail to everybody who could grant it, also where it is withdrawn at once.
const mostADay = 100

/** Asks for the smallest grant that would allow what was refused. The same question again is the one that waits. */
export async function createRequest(tx: Tx, note: Note, request: Asking): Promise<ShownRequest> {
  const { actor, body } = request
  if (actor.key?.kind === 'guest') throw new Fault('forbidden', 'A guest link asks for nothing: ask whoever made it.')
  const { question, proposal, roles } = await readAsked(tx, request)
  const record = recordText(question.resource.record)
  const same = {
    orgId: actor.orgId,
    subjectId: actor.subjectId,
    permission: question.permission,
    resourceId: question.resource.id,
    record: record === null ? null : JSON.stringify(record),
  }
  const made = await insertRequest(tx, allowSelf(), {
    ...columnsOf(question, proposal),
    ...{ org_id: actor.orgId, id: newId(), record: same.record, hours: body.hours, reason: body.reason },
  })
  const row = made ?? (await findSame(tx, allowSelf(), same))
  if (row === null) throw new Fault('conflict', 'The same was asked and decided in this moment: look at the answer.')
  if (made === null) note.nothing()
  else {
    const { pending, today } = await countOwn(tx, allowSelf(), same)
    if (pending > mostPending) {
      throw new Fault('conflict', `${mostPending} requests of yours are not decided yet: withdraw some first.`)
    }
    if (today > mostADay) {
      throw new Fault('rate_limited', `You have asked ${mostADay} times within a day: ask again tomorrow.`)
    }
    await queueTelling(tx, allowSelf(), { orgId: actor.orgId, id: row.id })
    note({ ...whereOf(question.resource), facts: await factsOfRequest(tx, row, roles) })
  }
  const [shown] = await presentRequests(tx, actor, [row])
  if (!shown) throw notFound()
  return shown
}

type Read = { question: AccessRequest; proposal: GrantProposal; roles: RoleBook }

async function readAsked(tx: Tx, { actor, body }: Asking): Promise<Read> {
  const permission = readPermission(body.permission, 'permission')
  const place = [...(await findResources(tx, actor.orgId, [body.resource])).values()][0]
  if (!place) throw notFound()
  const held = await heldAccess(tx, actor)
  const record = body.record ?? undefined
  const question = requestOf(actor, held, aboutRecord({ record }, place, permission, ''))
  const decision = decide(held.index, question, { set: held.roleSet })
  const words = permissionWords(question.permission)
  if (decision.allowed) throw new Fault('conflict', `You may ${words} here already: there is nothing to ask for.`)
  if (!isVisible(held, question)) throw notFound()
  ensureInZone(question, place)
  const { roles } = held.index
  return { question, roles, proposal: soundProposal(decision, question, roles) }
}

/** No grant helps against a ceiling, nor where no role of the organization fits this kind of account. */
function soundProposal({ smallestGrant, misses }: Refused, question: AccessRequest, roles: RoleBook): GrantProposal {
  const { permission, subject } = question
  const ceiling = misses.find((miss) => miss.kind === 'ceiling')
  if (smallestGrant !== null && checkGrant(smallestGrant, roles, [subject]) === null) return smallestGrant
  const why = ceiling === undefined ? 'No role has it for this kind of account.' : sentenceOf(ceiling, roles)
  throw new Fault('forbidden', `No grant would allow this, so there is nothing to ask for. ${why}`, { permission })
}

function ensureInZone({ resource }: AccessRequest, { name }: NamedResource): void {
  const { record, kind } = resource
  if (record === undefined) return
  if (kind !== 'zone') throw invalidField('record', 'A record is of a zone: name the zone as the resource.')
  const apex = accessLabels(name === '.' ? name : `${name}.`)
  const end = record.labels.slice(record.labels.length - apex.length)
  if (record.labels.length < apex.length || end.some((label, place) => label !== apex[place])) {
    throw invalidField('record.name', `This name is not in the zone ${name}.`)
  }
}

function columnsOf({ subject, permission, resource }: AccessRequest, { roleId, scope, patterns }: GrantProposal) {
  return {
    ...{ subject_id: subject.id, permission, resource_kind: resource.kind, resource_id: resource.id },
    ...{ role_id: roleId, scope_kind: scope.kind, scope_id: scope.id },
    patterns: patterns === undefined ? null : JSON.stringify(showPatterns(patterns)),
  }
}
