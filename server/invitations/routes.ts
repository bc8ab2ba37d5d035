import { pageOfRows, parseCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import type { Routes } from '../http/routes.ts'
import { customersReached } from '../members/customers-reached.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { resendInvitation, revokeInvitation } from './change-invitation.ts'
import { createInvitation } from './create-invitation.ts'
import { presentInvitations } from './present-invitations.ts'
import { previewInvitation } from './preview-invitation.ts'
import { selectInvitations } from './store.ts'

export const invitationRoutes = {
  'invitations.list': listInvitations,
  'invitations.create': createInvitation,
  'invitations.resend': resendInvitation,
  'invitations.revoke': revokeInvitation,
  'invitation_previews.create': previewInvitation,
  'acceptances.create': acceptInvitation,
} satisfies Routes<
  | 'invitations.list'
  | 'invitations.create'
  | 'invitations.resend'
  | 'invitations.revoke'
  | 'invitation_previews.create'
  | 'acceptances.create'
>

function listInvitations(request: ActorRequest<'invitations.list'>) {
  const { actor, query } = request
  return request.read(async (tx) => {
    const ofStaff = await request.visible(tx, 'members.manage')
    const ofClients = await request.visible(tx, 'client_users.manage')
    const [before = null] = parseCursor(query.cursor, ['string']) ?? []
    const rows = await selectInvitations(tx, {
      orgId: actor.orgId,
      managed: { staff: customersReached(ofStaff) === 'all', customers: customersReached(ofClients) },
      before,
      limit: query.limit,
      state: query.state,
      customerId: query.customer_id,
    })
    const shown = await presentInvitations(tx, actor.orgId, rows.slice(0, query.limit), actor.now)
    const page = pageOfRows(
      rows,
      query.limit,
      (row) => row,
      (row) => [row.id],
    )
    return { items: shown, next: page.next }
  })
}
