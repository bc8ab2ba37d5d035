import { may } from '../access/authorize.ts'
import type { Context } from '../context.ts'
import { Fault } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { isId } from '../ids.ts'
import { ensureMayView, placeOfViewed } from './ensure-may-view.ts'
import { findLiveView } from './store.ts'
import type { Viewed } from './view.ts'

/**
 * The caller as whom it looks at: in that one's realm, behind that one's walls, with the upper bound of a view. Judged
 * anew on every request: still the session that began it, still allowed, still nobody above.
 */
export async function lookAs(context: Context, viewer: Actor, id: string, portal: string | null): Promise<Actor> {
  if (viewer.kind !== 'session' || viewer.realm !== 'staff') throw onlyMembers()
  const live = await viewer.pool.read(viewer.scope, async (tx) => {
    const found = isId(id) ? await findLiveView(tx, viewer, id) : null
    if (found === null) throw ended()
    const resource = placeOfViewed(viewer.orgId, found.viewed)
    if (!(await may(tx, viewer, { permission: 'view_as.use', resource }))) throw noLonger()
    await ensureMayView(tx, viewer, found.viewed)
    return found
  })
  const { viewed, endsAt } = live
  if (portal !== null && viewed.portal?.slug !== portal) {
    throw new Fault('unauthenticated', 'Whom you look as is not at home in this portal.')
  }
  return actorOf(context, viewer, viewed, { id, viewerName: viewer.name, endsAt })
}

function actorOf(context: Context, viewer: Actor, viewed: Viewed, viewAs: NonNullable<Actor['viewAs']>): Actor {
  const { portal } = viewed
  const { orgId, revision, now, address, userAgent } = viewer
  return {
    kind: 'session',
    realm: viewed.realm,
    orgId,
    subjectId: viewed.id,
    teamIds: viewed.teamIds,
    teamFeatures: viewed.teamFeatures,
    currentTeamId: null,
    name: viewed.name,
    email: viewed.email,
    // Nothing of the account or the session itself is lent: neither other organizations nor the instance.
    accountId: null,
    operator: false,
    sessionId: null,
    portal: portal && { id: portal.id, slug: portal.slug, customerId: portal.customerId },
    key: null,
    revision,
    now,
    expiresAt: viewAs.endsAt,
    address,
    userAgent,
    pool: viewed.realm === 'staff' ? context.database.staff : context.database.portal,
    scope: portal === null ? orgId : { orgId, portal: portal.id, clientUser: viewed.id },
    viewAs,
  }
}

export function onlyMembers(): Fault {
  return new Fault('forbidden', 'Only a member who is signed in can look as somebody else: no key, no client account.')
}

function noLonger(): Fault {
  return new Fault('forbidden', 'You may no longer look as this person: "view_as.use" is missing.', {
    permission: 'view_as.use',
  })
}

function ended(): Fault {
  return new Fault('forbidden', 'This view has ended, or is not one of this session: begin it again.')
}
