import { allowSelf } from '../access/authorize.ts'
import { findResource } from '../access/find-resource.ts'
import { roleBook } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, notFound } from '../fault.ts'
import type { ActorRequest, Note } from '../http/request.ts'
import { resourceOf } from './proposed-grant.ts'
import { factsOfRequest, whereOf } from './request-facts.ts'
import { endRequest, findRequest } from './store.ts'

/** Takes a request of one's own back, while nobody has decided it. */
export async function withdrawRequest(
  tx: Tx,
  note: Note,
  { actor, params }: ActorRequest<'access_requests.withdraw'>,
): Promise<null> {
  const row = await findRequest(tx, actor.orgId, params.access_request_id, true)
  if (row === null || row.subject_id !== actor.subjectId) throw notFound()
  if (row.state === 'withdrawn') {
    note.nothing()
    return null
  }
  if (row.state !== 'pending') throw new Fault('conflict', `This request was ${row.state} already.`)
  const end = { state: 'withdrawn', by: actor.subjectId, comment: '', grantId: null } as const
  await endRequest(tx, allowSelf(), row, end)
  const resource = await findResource(tx, actor.orgId, resourceOf(row))
  const place = resource === null ? {} : whereOf(resource)
  note({ ...place, facts: await factsOfRequest(tx, row, await roleBook(tx, actor.orgId)) })
  return null
}
