import { may } from '../access/authorize.ts'
import { findResource } from '../access/find-resource.ts'
import type { Tx } from '../database/pools.ts'
import { notFound } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { presentRequests, type ShownRequest } from './present-requests.ts'
import { scopeOf } from './proposed-grant.ts'
import { findRequest, type RequestRow } from './store.ts'

/** A request that the caller made, or that is at a place where it manages access; for everybody else there is none. */
export async function openRequest(tx: Tx, actor: Actor, id: string, lock = false): Promise<RequestRow> {
  const row = await findRequest(tx, actor.orgId, id, lock)
  if (row === null) throw notFound()
  if (row.subject_id === actor.subjectId) return row
  const at = await findResource(tx, actor.orgId, scopeOf(row))
  if (at === null || !(await may(tx, actor, { permission: 'grants.manage', resource: at }))) throw notFound()
  return row
}

export async function readRequest(tx: Tx, actor: Actor, id: string): Promise<ShownRequest> {
  return showRequest(tx, actor, await openRequest(tx, actor, id))
}

export async function showRequest(tx: Tx, actor: Actor, row: RequestRow): Promise<ShownRequest> {
  const [shown] = await presentRequests(tx, actor, [row])
  if (!shown) throw notFound()
  return shown
}
