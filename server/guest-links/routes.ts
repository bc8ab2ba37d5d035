import { findResource, organizationResource } from '../access/find-resource.ts'
import { isWhole, type StoredKeyCeiling } from '../access/key-ceiling.ts'
import { endKey } from '../api-keys/end-key.ts'
import { guestKeyById, guestKeyPage } from '../api-keys/guest-keys.ts'
import { notFound } from '../fault.ts'
import { pageOfRows, parseCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import type { Routes } from '../http/routes.ts'
import { nameScopes } from '../organization/name-scopes.ts'
import { createGuestLink } from './create-guest-link.ts'
import { linkOf, presentGuestLinks } from './present-guest-links.ts'

export const guestLinkRoutes = {
  'guest_links.list': listGuestLinks,
  'guest_links.create': (request) => request.changeAccess((tx, note) => createGuestLink(tx, note, request)),
  'guest_links.delete': (request) =>
    request.changeAccess(async (tx, note) => {
      const row = await endKey(tx, request, 'guest', request.params.guest_link_id)
      const [shown] = await presentGuestLinks(tx, request.actor, [row])
      const facts = { id: row.id, name: row.name, zone: shown?.zone.name ?? '', owner: shown?.owner.name ?? '' }
      note({ zoneId: shown?.zone.id ?? null, customerId: request.actor.portal?.customerId ?? null, facts })
      return null
    }),
  'guest.read': readGuest,
} satisfies Routes<'guest_links.list' | 'guest_links.create' | 'guest_links.delete' | 'guest.read'>

function listGuestLinks(request: ActorRequest<'guest_links.list'>) {
  const { actor, query } = request
  return request.read(async (tx) => {
    const everyone = query.owner === 'everyone'
    const allowed = everyone
      ? await request.authorize(tx, 'api_keys.manage', organizationResource(actor.orgId))
      : request.allowed
    // A narrowed key was not made to see what else its owner gave away.
    if (!everyone && actor.key !== null && !isWhole(actor.key.ceiling)) return { items: [], next: null }
    const page = { before: parseCursor(query.cursor, ['string'])?.[0] ?? null, limit: query.limit }
    const ownerId = everyone ? null : actor.subjectId
    const rows = await guestKeyPage(tx, allowed, { orgId: actor.orgId, ownerId, zoneId: query.zone_id, ...page })
    const shown = new Map((await presentGuestLinks(tx, actor, rows)).map((link) => [link.id, link]))
    return pageOfRows(
      rows.flatMap((row) => shown.get(row.id) ?? []),
      query.limit,
      (link) => link,
      (link) => [link.id],
    )
  })
}

/** For the guest itself: nothing of who made the link. */
function readGuest(request: ActorRequest<'guest.read'>) {
  const { actor } = request
  return request.read(async (tx) => {
    if (actor.key?.kind !== 'guest') throw notFound()
    const row = await guestKeyById(tx, request.allowed, actor.orgId, actor.key.id)
    if (row === null || row.expires_at === null) throw notFound()
    const ceiling = row.ceiling as StoredKeyCeiling
    const zone = ceiling.scopes?.[0]
    if (!zone) throw notFound()
    // What its maker does not see any more, or is not there, is nothing that its guest is told of.
    await request.authorize(tx, 'records.view', await findResource(tx, actor.orgId, zone))
    const nameOf = await nameScopes(tx, actor.orgId, [zone])
    const organization = nameOf({ kind: 'organization', id: actor.orgId }).name
    return { ...linkOf(ceiling, nameOf), ends_at: row.expires_at.toISOString(), provider: organization }
  })
}
