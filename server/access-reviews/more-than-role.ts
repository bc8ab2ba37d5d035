import {
  decide,
  effectivePermissions,
  type Permission,
  type Resource,
  type RoleBook,
  type Subject,
} from '@zoneward/permissions'
import { findResources, type NamedResource } from '../access/find-resource.ts'
import { grantOfRow, loadAccess } from '../access/held-access.ts'
import { peopleOf } from '../access/people.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import type { ItemRow } from './items-store.ts'

export type More = { grantId: string; roleId: string; scope: Resource['ancestors'][number]; permissions: Permission[] }

/**
 * Who holds more than the rest of the role. At the place of a grant everybody who has its role holds what the role
 * gives; what this holder may do there beyond that comes by other grants of its own or of its teams, at the place or
 * above it. These grants are named, each with the permissions that it brings.
 */
export async function moreThanRole(tx: Tx, actor: Actor, rows: ItemRow[]): Promise<(row: ItemRow) => More[]> {
  const { orgId, now } = actor
  const people = await peopleOf(tx, actor, [...new Set(rows.map((row) => row.subject_id))])
  const users = new Map(people.map(({ subject }) => [subject.id, subject]))
  const places = await findResources(
    tx,
    orgId,
    rows.map((row) => grantOfRow(row).scope),
  )
  const held = await loadAccess(tx, {
    orgId,
    near: allOf([...places.values()]),
    subjectIds: [...new Set(rows.flatMap((row) => [row.subject_id, ...(users.get(row.subject_id)?.teamIds ?? [])]))],
  })
  return (row) => {
    const resource = places.get(`${row.scope_kind} ${row.scope_id}`)?.resource
    if (resource === undefined) return []
    // A team's own grant is compared with what the team holds: its people have rows of their own.
    const subject: Subject = users.get(row.subject_id) ?? {
      id: row.subject_id,
      realm: realmOf(people, row),
      teamIds: [],
    }
    const asker = { subject, resource, now, channel: 'interface' as const, ceilings: { customers: held.customers } }
    const own = new Set<Permission>(held.index.roles.get(row.role_id)?.permissions)
    const found = new Map<string, More>()
    for (const permission of effectivePermissions(held.index, asker)) {
      if (own.has(permission)) continue
      const decision = decide(held.index, { ...asker, permission })
      for (const { grant } of decision.allowed ? decision.reasons : []) {
        const more = found.get(grant.id) ?? {
          grantId: grant.id,
          roleId: grant.roleId,
          scope: grant.scope,
          permissions: [],
        }
        more.permissions.push(permission)
        found.set(grant.id, more)
      }
    }
    return [...found.values()]
  }
}

/** Pairs "held other" of roles where the other has a permission that the held one lacks: a first sieve, in SQL. */
export function exceedingPairs(roles: RoleBook): string[] {
  return [...roles.values()].flatMap((held) => {
    const own = new Set<string>(held.permissions)
    const others = [...roles.values()].filter((other) => other.permissions.some((permission) => !own.has(permission)))
    return others.map((other) => `${held.id} ${other.id}`)
  })
}

// Whoever is in a team is of the team's realm.
function realmOf(people: { subject: Subject }[], row: ItemRow): Subject['realm'] {
  return people.find(({ subject }) => subject.teamIds.includes(row.subject_id))?.subject.realm ?? 'staff'
}

// Every place of the page at once, so that grants at other places of busy people are not read.
function allOf(places: NamedResource[]): Resource {
  const ancestors = places.flatMap(({ resource }) => resource.ancestors)
  return { kind: 'organization', id: '', ancestors }
}
