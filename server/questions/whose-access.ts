import { type Asker, holdsAnywhere, type Subject, type VisibleScopes, visibleScopes } from '@zoneward/permissions'
import { askerOf } from '../access/authorize.ts'
import { findTarget, type ShownSubject } from '../access/describe-subjects.ts'
import { organizationResource } from '../access/find-resource.ts'
import { type HeldAccess, heldAccess } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'
import { notFound } from '../fault.ts'
import type { Actor } from '../http/actor.ts'

/** Whose access is asked about: its grants, and how the core is asked. */
export type Whose = { asker: Asker; held: HeldAccess; subject: Subject }

/** The caller itself, within whatever bounds its request has. */
export async function ownAccess(tx: Tx, actor: Actor): Promise<Whose> {
  const held = await heldAccess(tx, actor)
  const asker = askerOf(actor, held)
  return { asker, held, subject: asker.subject }
}

/** Another user or team that the caller may know of, or null; whether it may ask is for the feature. */
export async function accessOfOther(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<(Whose & { shown: ShownSubject }) | null> {
  const target = await findTarget(tx, actor, id)
  const [subject] = target?.people ?? []
  if (!target || !subject) return null
  const held = await heldAccess(tx, { ...actor, subjectId: subject.id, realm: subject.realm })
  const ceilings = { customers: held.customers }
  return { asker: { subject, now: actor.now, channel: 'interface', ceilings }, held, subject, shown: target.shown }
}

type Asking = {
  actor: Actor
  authorize(tx: Tx, permission: 'grants.view', resource: ReturnType<typeof organizationResource>): Promise<unknown>
}

/** Where the caller may ask about others; who may so nowhere is told what is missing. */
export async function askableScopes(tx: Tx, { actor, authorize }: Asking): Promise<VisibleScopes> {
  const { held, asker } = await ownAccess(tx, actor)
  if (!holdsAnywhere(held.index, { ...asker, permission: 'grants.view' })) {
    await authorize(tx, 'grants.view', organizationResource(actor.orgId))
    throw notFound()
  }
  return visibleScopes(held.index, { ...asker, permission: 'grants.view' })
}
