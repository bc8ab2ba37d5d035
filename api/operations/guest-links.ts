import { id, nothing, pageOf, z } from '../json.ts'
import type { Operation } from '../operation.ts'
import { createdGuestLink, guest, guestLink, guestLinkQuery, newGuestLink } from '../schemas/guest-links.ts'

export const guestLinks = {
  'guest_links.list': {
    summary: 'One’s own guest links; everyone’s with api_keys.manage.',
    permission: 'self',
    asked: 'list',
    audit: null,
    status: 200,
    query: guestLinkQuery,
    response: pageOf(guestLink),
  },
  'guest_links.create': {
    summary: 'Make a link without an account for chosen records of a zone; it can do nothing that its maker cannot.',
    permission: 'api_keys.create',
    asked: 'body',
    audit: 'guest_link.created',
    changesAccess: true,
    status: 201,
    body: newGuestLink,
    response: createdGuestLink,
  },
  'guest_links.delete': {
    summary: 'End a guest link at once: one’s own, or another’s with api_keys.revoke.',
    permission: 'self',
    asked: 'body',
    audit: 'guest_link.revoked',
    changesAccess: true,
    status: 204,
    params: z.object({ guest_link_id: id }),
    response: nothing,
  },
  'guest.read': {
    summary: 'What the guest link that asks is for, and until when.',
    permission: 'self',
    asked: 'self',
    audit: null,
    status: 200,
    response: guest,
  },
} as const satisfies Record<string, Operation>
