import { effectivePatterns, isCovered, type Permission, type Resource } from '@zoneward/permissions'
import { asItself, requestOf } from '../access/authorize.ts'
import { zoneResource } from '../access/find-resource.ts'
import { heldAccess } from '../access/held-access.ts'
import type { ZoneRequest } from '../changes/authorize-edit.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, notFound } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { recordRef } from '../records/record-names.ts'
import { type Base, touchedBy } from './base.ts'
import { findProposal, type ProposalRow } from './store.ts'

/** Whose proposal it is, and whether the caller could decide about it. */
export type Standing = { own: boolean; approves: boolean }
export type VisibleProposal = { row: ProposalRow; zone: Resource; base: Base; standing: Standing }

/**
 * A proposal exists for its author and for those who hold changes.approve for all of its records, as far as they still
 * see these records; for everybody else there is none.
 */
export async function visibleProposal(
  tx: Tx,
  request: Pick<ZoneRequest, 'actor' | 'authorize'>,
  id: string,
  { lock = false } = {},
): Promise<VisibleProposal> {
  const { actor } = request
  const row = await findProposal(tx, actor.orgId, id, lock)
  const zone = row === null ? null : zoneOf(actor.orgId, row)
  try {
    await request.authorize(tx, 'records.view', zone)
  } catch (error) {
    throw error instanceof Fault ? notFound() : error
  }
  const standing = row === null ? null : await standingOf(tx, actor, row)
  if (row === null || zone === null || standing === null) throw notFound()
  return { row, zone, base: row.base as Base, standing }
}

export function zoneOf(orgId: string, row: ProposalRow): Resource {
  return zoneResource(orgId, { id: row.zone_id, provider_id: row.provider_id, customer_id: row.customer_id })
}

/** null: the caller may not know of it. */
export async function standingOf(tx: Tx, actor: Actor, row: ProposalRow): Promise<Standing | null> {
  const zone = zoneOf(actor.orgId, row)
  const sets = touchedBy(row.base as Base).map(({ owner, type }) => recordRef(owner, type))
  const covers = async (permission: Permission) => {
    const held = await heldAccess(tx, actor)
    const asked = requestOf(asItself(actor), held, { permission, resource: zone })
    const records = effectivePatterns(held.index, asked)
    return sets.every(({ labels, type }) => isCovered(records, labels, type))
  }
  if (!(await covers('records.view'))) return null
  const own = isOwn(actor, row)
  const approves = await covers('changes.approve')
  return row.author_id === actor.subjectId || approves ? { own, approves } : null
}

/** Proposed by the caller, or with a key that the caller made, or the caller asks with a key that the author made. */
export function isOwn({ subjectId, key }: Actor, { author_id, maker_id }: ProposalRow): boolean {
  const me = [subjectId, ...(key?.createdBy ? [key.createdBy] : [])]
  return [author_id, maker_id].some((id) => id !== null && me.includes(id))
}
