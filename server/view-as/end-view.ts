import { notFound } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import { deleteView, findViewed } from './store.ts'

/** Ends a view of one's own, whichever session began it. */
export function endView(request: ActorRequest<'view_as.end'>): Promise<null> {
  const { actor, allowed, params } = request
  if (actor.realm !== 'staff') throw notFound()
  return request.write(async (tx, note) => {
    const subjectId = await deleteView(tx, allowed, actor, params.view_as_id)
    if (subjectId === null) throw notFound()
    const viewed = await findViewed(tx, actor.orgId, subjectId)
    note({
      customerId: viewed?.portal?.customerId ?? null,
      facts: { viewer: actor.name, viewed: viewed?.name ?? '', subject_id: subjectId, view_as_id: params.view_as_id },
    })
    return null
  })
}
