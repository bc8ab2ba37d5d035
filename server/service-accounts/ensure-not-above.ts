import { findTarget } from '../access/describe-subjects.ts'
import { permissionWords } from '../access/permission-words.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { firstAboveAnywhere } from '../view-as/first-above-anywhere.ts'

/**
 * A key carries the rights of its owner: so nobody makes one of a service account that holds more than they do, at the
 * organization or wherever something was granted to it, nor takes such an account away. A key lasts: what the account
 * holds later, before `until`, is its maker's to hold then.
 */
export async function ensureNotAbove(
  tx: Tx,
  actor: Actor,
  account: { id: string; name: string },
  doing: string,
  until?: number,
): Promise<void> {
  const [other] = (await findTarget(tx, actor, account.id))?.people ?? []
  if (!other) return
  const above = await firstAboveAnywhere(tx, actor, { ...other, teamIds: [...other.teamIds] }, until)
  if (above === null) return
  if (above === 'too many places') {
    const detail = `${account.name} holds access at so many places that it takes somebody who holds all of that at the organization. ${doing} is not for you.`
    throw new Fault('forbidden', detail)
  }
  throw new Fault(
    'forbidden',
    `${account.name} holds more than you do: "${above}" (${permissionWords(above)}). ${doing} needs somebody who holds that too.`,
    { permission: above },
  )
}
