import type { AnswerOf } from '@zoneward/api'
import { holdsAnywhere } from '@zoneward/permissions'
import { askerOf, may } from '../access/authorize.ts'
import { organizationResource } from '../access/find-resource.ts'
import { heldAccess } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'
import { notFound } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import { newId } from '../ids.ts'
import { ensureMayView, placeOfViewed } from './ensure-may-view.ts'
import { onlyMembers } from './look-as.ts'
import { findViewed, insertView } from './store.ts'
import { longestView, type Viewed } from './view.ts'

type Request = ActorRequest<'view_as.start'>

/** Begins to look as somebody; both are named in the log. */
export function startView(request: Request): Promise<AnswerOf<'view_as.start'>> {
  const { body } = request
  return request.write(async (tx, note) => {
    const { actor } = request
    if (actor.kind !== 'session' || actor.realm !== 'staff') throw onlyMembers()
    const viewed = await findWithinReach(tx, request)
    const allowed = await ensureMayView(tx, actor, viewed)
    const id = newId()
    const lastsMs = Math.min(longestView, (actor.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY) - actor.now)
    const view = { id, viewer: actor, subjectId: viewed.id, reason: body.reason, lastsMs }
    const endsAt = await insertView(tx, allowed, view)
    const { name, realm, portal } = viewed
    note({
      customerId: portal?.customerId ?? null,
      facts: { viewer: actor.name, viewed: name, subject_id: viewed.id, reason: body.reason, view_as_id: id },
    })
    const shown = portal && { slug: portal.slug, title: portal.title }
    return { id, name, realm, portal: shown, ends_at: endsAt.toISOString() }
  })
}

/** Who may look as nobody is told so; who may look as some is told of these only. */
async function findWithinReach(tx: Tx, request: Request): Promise<Viewed> {
  const { actor } = request
  const held = await heldAccess(tx, actor)
  if (!holdsAnywhere(held.index, { ...askerOf(actor, held), permission: 'view_as.use' })) {
    await request.authorize(tx, 'view_as.use', organizationResource(actor.orgId))
  }
  const viewed = await findViewed(tx, actor.orgId, request.body.subject_id)
  if (viewed === null) throw notFound()
  const resource = placeOfViewed(actor.orgId, viewed)
  if (!(await may(tx, actor, { permission: 'view_as.use', resource }))) throw notFound()
  await request.authorize(tx, 'view_as.use', resource)
  return viewed
}
