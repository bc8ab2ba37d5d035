import type { Allowed } from '../access/authorize.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, notFound } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import { newId } from '../ids.ts'
import { ensureMayInvite } from './may-invite.ts'
import { presentInvitations, type ShownInvitation, wishesOf } from './present-invitations.ts'
import { ensureSeat } from './seats.ts'
import { newInvitationToken, sendInvitation } from './send-invitation.ts'
import { buryInvitation, findInvitation, type InvitationRow, stateOf, updateInvitation } from './store.ts'
import { ensureMayGive } from './wishes.ts'

type Request = ActorRequest<'invitations.resend'> | ActorRequest<'invitations.revoke'>

/** Sends an invitation again, with a new link for seven more days; the older link is no longer known. */
export function resendInvitation(request: ActorRequest<'invitations.resend'>): Promise<ShownInvitation> {
  const { actor, context } = request
  return request.changeAccess(async (tx, note) => {
    const { row, allowed } = await openInvitation(tx, request)
    const state = stateOf(row, actor.now)
    ensureOpen(row, actor.now)
    // Whoever sends it may be shown the link, and could accept it: so it gives no more than they could.
    const invitee = { id: newId(), realm: row.realm, teamIds: [] }
    await ensureMayGive(tx, request.actor, { wishes: wishesOf(row), invitee, customerId: row.customer_id })
    if (state === 'expired') await ensureSeat(tx, actor.orgId, row.customer_id)
    const { token, columns } = newInvitationToken()
    const sent = await updateInvitation(tx, allowed, { orgId: actor.orgId, id: row.id, set: columns })
    const link = await sendInvitation(tx, context, sent, token)
    const [shown] = await presentInvitations(tx, actor.orgId, [sent], actor.now)
    if (!shown) throw notFound()
    note({ customerId: row.customer_id, facts: { email: row.email, realm: row.realm } })
    return { ...shown, link }
  })
}

/** Revokes an invitation that nobody accepted; repeated, it changes nothing. */
export function revokeInvitation(request: ActorRequest<'invitations.revoke'>): Promise<null> {
  const { actor } = request
  return request.changeAccess(async (tx, note) => {
    const { row, allowed } = await openInvitation(tx, request)
    if (stateOf(row, actor.now) === 'revoked') {
      note.nothing()
      return null
    }
    ensureOpen(row, actor.now)
    const which = { orgId: actor.orgId, id: row.id }
    await updateInvitation(tx, allowed, { ...which, set: { revoked_at: new Date() } })
    await buryInvitation(tx, allowed, which)
    note({ customerId: row.customer_id, facts: { email: row.email, realm: row.realm } })
    return null
  })
}

/** The invitation, if the caller may invite such a person; as if there were none, if it may not know of it. */
async function openInvitation(tx: Tx, request: Request): Promise<{ row: InvitationRow; allowed: Allowed }> {
  const { orgId } = request.actor
  const row = await findInvitation(tx, orgId, request.params.invitation_id)
  if (row === null) throw notFound()
  const invited = { realm: row.realm, customerId: row.customer_id, givesRoles: false }
  try {
    const allowed = await ensureMayInvite(tx, orgId, invited, (permission, at) => request.authorize(tx, permission, at))
    return { row, allowed }
  } catch (error) {
    // Who does not manage invitations of this kind learns nothing of this one.
    throw error instanceof Fault && error.code === 'forbidden' ? notFound() : error
  }
}

function ensureOpen(row: InvitationRow, now: number): void {
  const state = stateOf(row, now)
  if (state === 'accepted') throw new Fault('conflict', `${row.email} has accepted this invitation already.`)
  if (state === 'revoked') throw new Fault('conflict', 'This invitation was revoked: make a new one.')
}
