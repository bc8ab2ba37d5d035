import type { Allowed } from '../access/authorize.ts'
import { organizationResource } from '../access/find-resource.ts'
import { isWhole } from '../access/key-ceiling.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import type { ActorRequest } from '../http/request.ts'

type Asking = Pick<ActorRequest<'api_keys.create'>, 'actor' | 'allowed' | 'authorize' | 'visible'>

/** `api_keys.create` held anywhere is enough: the key can do nothing that its owner cannot. */
export async function ensureMayMake(tx: Tx, request: Asking): Promise<Allowed> {
  const { actor } = request
  ensureWhole(actor)
  const visible = await request.visible(tx, 'api_keys.create')
  const { organizations, customers, providers, zones, hostings, exceptCustomers } = visible
  const open = customers.filter((customer) => !exceptCustomers.includes(customer.id))
  const anywhere = [organizations, open, providers, zones, hostings].some((list) => list.length > 0)
  if (anywhere) return request.allowed
  return request.authorize(tx, 'api_keys.create', organizationResource(actor.orgId))
}

/** A key that is narrowed makes no keys, since those would not be. */
export function ensureWhole({ key }: Actor): void {
  if (key === null || isWhole(key.ceiling)) return
  throw new Fault('forbidden', 'A narrowed API key makes no other keys: use one that is not, or the pages.', {
    permission: 'api_keys.create',
  })
}
