import { isLive } from '@zoneward/permissions'
import type { Allowed } from '../access/authorize.ts'
import { grantOfRow } from '../access/held-access.ts'
import { keepLastHolder } from '../access/keep-last-holder.ts'
import { roleBook } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { judgeRevocations } from './judge-revocations.ts'
import { deleteGrants, type GrantRow } from './store.ts'

type Wanted = {
  rows: GrantRow[]
  /** How a refusal names a grant: the field of the request that it stands in, and words. */
  name: (row: GrantRow) => { path: string; words: string }
}

/**
 * Takes many grants away as `grants.delete` does each, all of them or none: the first that may not be taken is named.
 * For use within `changeAccess`.
 */
export async function revokeGrants(tx: Tx, actor: Actor, allowed: Allowed, { rows, name }: Wanted): Promise<void> {
  if (rows.length === 0) return
  const judge = await judgeRevocations(tx, actor, rows)
  for (const row of rows) {
    const judged = judge(row)
    if (!judged.ok) throw refused('forbidden', `${judged.message}.`, judged.permission, name(row))
  }
  const ids = rows.map((row) => row.id)
  try {
    await keepLastHolder(tx, actor, () => deleteGrants(tx, allowed, { orgId: actor.orgId, ids }))
  } catch (error) {
    const lost = error instanceof Fault ? error.facts.permission : undefined
    const last = lost === undefined ? undefined : await holderOf(tx, actor, rows, lost)
    if (!(error instanceof Fault) || last === undefined) throw error
    throw refused(error.code, error.message, lost, name(last))
  }
}

/** The grant among these by which the permission was held at the organization without end. */
async function holderOf(tx: Tx, { orgId, now }: Actor, rows: GrantRow[], lost: string): Promise<GrantRow | undefined> {
  const roles = await roleBook(tx, orgId)
  return rows.find((row) => {
    const has = roles.get(row.role_id)?.permissions.some((permission) => permission === lost)
    return row.scope_id === orgId && row.ends_at === null && has === true && isLive(grantOfRow(row), now)
  })
}

function refused(
  code: Fault['code'],
  why: string,
  permission: string | undefined,
  at: { path: string; words: string },
) {
  const message = `${at.words}: ${why}`
  const fields = [{ path: at.path, message }]
  return new Fault(code, `${message} Nothing was changed.`, {
    fields,
    ...(permission === undefined ? {} : { permission }),
  })
}
