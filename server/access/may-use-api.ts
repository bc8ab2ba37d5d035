import { mayUseApi } from '@zoneward/permissions'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { askerOf } from './authorize.ts'
import { heldAccess } from './held-access.ts'

/**
 * Every request by key needs `api.use` from some live grant of its owner, whatever else it asks for. From an address
 * outside its networks a key opens nothing, not even what needs no permission.
 */
export async function mayUseApiNow(tx: Tx, actor: Actor): Promise<void> {
  if (actor.key?.ceiling.networkAllowed === false)
    throw new Fault('forbidden', 'The API key may not be used from this address.')
  const held = await heldAccess(tx, actor)
  if (mayUseApi(held.index, askerOf(actor, held))) return
  throw new Fault('forbidden', '"api.use" is missing: the owner of this key holds nothing that opens the API.', {
    permission: 'api.use',
  })
}
