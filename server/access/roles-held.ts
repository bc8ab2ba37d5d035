import { isLive, type ScopeKind } from '@zoneward/permissions'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { heldAccess } from './held-access.ts'

const mostNames = 5
const widestFirst: ScopeKind[] = ['organization', 'provider', 'customer', 'hosting', 'zone']

/** The roles that the caller holds, by name, widest scope first: for the audit log. Null where there are none. */
export async function rolesHeld(tx: Tx, actor: Actor): Promise<string | null> {
  const held = await heldAccess(tx, actor)
  const places = new Map<string, number>()
  for (const id of [actor.subjectId, ...actor.teamIds]) {
    for (const { grant, role } of held.index.bySubject.get(id)?.all ?? []) {
      if (!role || !isLive(grant, actor.now)) continue
      const place = widestFirst.indexOf(grant.scope.kind)
      if (place < (places.get(role.name) ?? widestFirst.length)) places.set(role.name, place)
    }
  }
  const names = [...places].sort(([, left], [, right]) => left - right).map(([name]) => name)
  const shown = names.slice(0, mostNames)
  if (names.length > mostNames) shown.push(`${names.length - mostNames} more`)
  return shown.length === 0 ? null : shown.join(', ')
}
