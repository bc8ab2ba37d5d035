import type { Allowed } from '../access/authorize.ts'
import { findTarget } from '../access/describe-subjects.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, notFound } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { findTeam, type TeamRow } from './store.ts'

/** A shared team. A user is its own personal team, by the same id: nobody else is put into that one, and it goes with its user. */
export async function openTeam(tx: Tx, allowed: Allowed, actor: Actor, id: string): Promise<TeamRow> {
  const team = await findTeam(tx, allowed, actor.orgId, id)
  if (team !== null) return team
  const owner = await findTarget(tx, actor, id)
  if (owner === null) throw notFound()
  const detail = `This is the personal team of ${owner.shown.name}, which is never shared and goes with its user: make a team instead.`
  throw new Fault('conflict', detail)
}
