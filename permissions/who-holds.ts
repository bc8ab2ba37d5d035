import { isAllowed } from './decide.ts'
import { type FoundReason, findReasons } from './find-reasons.ts'
import type { GrantIndex } from './grant-index.ts'
import type { Grant } from './grants.ts'
import type { AccessRequest } from './requests.ts'
import type { Subject } from './scopes.ts'

/** Somebody who can do it, with the grants by which. */
export interface Holder {
  readonly subjectId: string
  readonly grants: readonly Grant[]
}

/** The question without who asks. */
export type AccessQuestion = Omit<AccessRequest, 'subject'>

/**
 * Who of these people can do it, in their order.
 * @example whoHolds(index, people, { permission: 'zones.delete', resource, now, channel: 'interface' })
 */
export function whoHolds(index: GrantIndex, people: Iterable<Subject>, question: AccessQuestion): Holder[] {
  const holders: Holder[] = []
  const near = holdersNear(index, question)
  for (const subject of people) {
    if (!near.has(subject.id) && !subject.teamIds.some((id) => near.has(id))) continue
    const request: AccessRequest = { ...question, subject }
    if (!isAllowed(index, request)) continue
    const found: FoundReason[] = []
    findReasons(index, request, found)
    holders.push({ subjectId: subject.id, grants: found.map(({ entry }) => entry.grant) })
  }
  return holders
}

/**
 * Who of these people holds both `grants.manage` and the wanted permission there, in the interface. Ceilings of
 * whoever was refused do not bind them, but those of customers do.
 */
export function whoCouldGrant(index: GrantIndex, people: Iterable<Subject>, refused: AccessRequest): string[] {
  const { permission, resource, now, ceilings } = refused
  const customers = ceilings?.customers
  const question: AccessQuestion = {
    permission,
    resource,
    now,
    channel: 'interface',
    ...(customers === undefined ? {} : { ceilings: { customers } }),
  }
  const able = [...people].filter((subject) => isAllowed(index, { ...question, subject, permission: 'grants.manage' }))
  return whoHolds(index, able, question).map((holder) => holder.subjectId)
}

function holdersNear(index: GrantIndex, question: AccessQuestion): Set<string> {
  const near = new Set<string>()
  const byScopeId = index.byScopeId()
  for (const { id } of question.resource.ancestors) {
    for (const entry of byScopeId.get(id) ?? []) near.add(entry.grant.subjectId)
  }
  return near
}
