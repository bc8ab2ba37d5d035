import { type AccessState, lastHolderLost } from '@zoneward/permissions'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { grantOfRow } from './held-access.ts'
import { peopleOf } from './people.ts'
import { permissionWords } from './permission-words.ts'
import { roleBook } from './role-book.ts'

/**
 * Makes a change of grants, teams or members, and refuses it where nobody would be left who holds some permission at
 * the organization without end: so the last administrator stays. For use within `changeAccess`, whose lock keeps two
 * such changes from passing each other.
 */
export async function keepLastHolder<T>(tx: Tx, actor: Actor, change: () => Promise<T>): Promise<T> {
  // Client accounts hold nothing at the organization that somebody has to keep.
  if (actor.realm === 'client') return change()
  const before = await stateOf(tx, actor)
  const result = await change()
  const [lost] = lastHolderLost(before, await stateOf(tx, actor))
  if (lost === undefined) return result
  const what = permissionWords(lost)
  throw new Fault(
    'conflict',
    `Nobody would be left who holds "${lost}" without end (${what}): give it to somebody else first.`,
    { permission: lost },
  )
}

async function stateOf(tx: Tx, { orgId, realm, now }: Actor): Promise<AccessState> {
  const rows = await tx
    .selectFrom('access_grant')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('scope_id', '=', orgId)
    .execute()
  const people = await peopleOf(
    tx,
    { orgId, realm },
    rows.map((row) => row.subject_id),
  )
  return {
    organizationId: orgId,
    grants: rows.map(grantOfRow),
    roles: await roleBook(tx, orgId),
    people: people.filter(({ kind }) => kind !== 'service').map(({ subject }) => subject),
    now,
  }
}
