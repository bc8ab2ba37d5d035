import type { MayGrant } from '@zoneward/permissions'
import { findResources } from '../access/find-resource.ts'
import { grantOfRow } from '../access/held-access.ts'
import { peopleOf } from '../access/people.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { judgeRevocation, loadGrantRights } from './grant-rights.ts'
import { givingRoles, keepsMemberRoles } from './member-roles.ts'
import type { GrantRow } from './store.ts'

/** Whether the caller may take each of these grants away, judged together. */
export async function judgeRevocations(tx: Tx, actor: Actor, rows: GrantRow[]): Promise<(row: GrantRow) => MayGrant> {
  const people = await peopleOf(tx, actor, [...new Set(rows.map((row) => row.subject_id))])
  const places = await findResources(
    tx,
    actor.orgId,
    rows.map((row) => grantOfRow(row).scope),
  )
  const resources = [...places.values()].map(({ resource }) => resource)
  const all = { people: people.map(({ subject }) => subject) }
  const rights = await loadGrantRights(tx, actor, { targets: [all], places: resources })
  const members = new Set(people.filter(({ kind }) => kind === 'member').map(({ subject }) => subject.id))
  const keeping = (await keepsMemberRoles(tx, actor)) ? givingRoles(rights, actor) : rights
  return (row) => {
    const at = places.get(`${row.scope_kind} ${row.scope_id}`)?.resource
    // The place went in this very moment, and the grant with it.
    if (at === undefined) return { ok: false, refusal: 'invalid', message: 'The place of this grant is gone' }
    const touched = all.people.filter(({ id, teamIds }) => id === row.subject_id || teamIds.includes(row.subject_id))
    const ofMember = at.kind === 'organization' && members.has(row.subject_id)
    return judgeRevocation(ofMember ? keeping : rights, { grant: grantOfRow(row), at, target: { people: touched } })
  }
}
