import type { Allowed } from '../access/authorize.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import { teamOfName } from './store.ts'

/** Two teams of one name could not be told apart in a list. */
export async function ensureNameFree(
  tx: Tx,
  allowed: Allowed,
  orgId: string,
  { id, name }: { id: string; name: string },
): Promise<void> {
  const other = await teamOfName(tx, allowed, orgId, name)
  if (other === null || other === id) return
  throw new Fault('conflict', `There is a team "${name}" already: choose another name.`)
}
