import type { Resource } from '@zoneward/permissions'
import { type Allowed, authorize } from '../access/authorize.ts'
import { below, organizationResource } from '../access/find-resource.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { firstAboveAnywhere } from './first-above-anywhere.ts'
import type { Viewed } from './view.ts'

/** Where `view_as.use` is asked: at the customer of a client account, otherwise at the organization. */
export function placeOfViewed(orgId: string, { portal }: Viewed): Resource {
  const customerId = portal?.customerId ?? null
  return customerId === null ? organizationResource(orgId) : below(orgId, 'customer', customerId)
}

/** Nobody looks as themselves, nor as somebody who holds more than they do, anywhere. */
export async function ensureMayView(tx: Tx, viewer: Actor, viewed: Viewed): Promise<Allowed> {
  const resource = placeOfViewed(viewer.orgId, viewed)
  const allowed = await authorize(tx, viewer, { permission: 'view_as.use', resource })
  if (viewed.id === viewer.subjectId)
    throw new Fault('conflict', 'You see with your own eyes already: choose somebody else.')
  const above = await firstAboveAnywhere(tx, viewer, viewed)
  if (above === null) return allowed
  if (above === 'too many places') {
    throw new Fault('forbidden', `${viewed.name} holds access at so many places that you cannot look as them.`)
  }
  throw new Fault('forbidden', `${viewed.name} holds "${above}" somewhere and you do not.`, { permission: above })
}
