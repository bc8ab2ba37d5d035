import type { Subject } from '@zoneward/permissions'
import type { Allowed } from '../access/authorize.ts'
import { teamsOf } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import { newId } from '../ids.ts'
import { readEmail } from '../sign-in/email-address.ts'
import { ensureMayInvite } from './may-invite.ts'
import { presentInvitations, type ShownInvitation } from './present-invitations.ts'
import { ensureSeat } from './seats.ts'
import { newInvitationToken, sendInvitation } from './send-invitation.ts'
import { findInvitee, insertInvitation, portalOf, retireExpired } from './store.ts'
import { ensureMayGive, readWishes } from './wishes.ts'

/** Invites somebody with exactly this access; single use, for seven days. */
export function createInvitation(request: ActorRequest<'invitations.create'>): Promise<ShownInvitation> {
  const { actor, body, context } = request
  const { email, key } = readEmail(body.email)
  const { realm } = body
  const { orgId } = actor
  // Whom a client account invites is at home where it is itself.
  const customerId = realm === 'staff' ? null : (body.customer_id ?? actor.portal?.customerId ?? null)
  return request.changeAccess(async (tx, note) => {
    const invited = { realm, customerId, givesRoles: body.grants.length > 0 }
    const allowed = await ensureMayInvite(tx, orgId, invited, (permission, at) => request.authorize(tx, permission, at))
    const portal = realm === 'staff' ? null : await portalOf(tx, orgId, customerId)
    const who = { orgId, realm, portalId: portal?.id ?? null, emailKey: key }
    const invitee = await inviteeOf(tx, allowed, who, email)
    const grants = await readWishes(tx, request.actor, body, customerId)
    await ensureMayGive(tx, request.actor, { wishes: grants, invitee, customerId })
    await retireExpired(tx, allowed, who)
    await ensureNonePending(tx, who, email)
    await ensureSeat(tx, orgId, customerId)
    const { token, columns } = newInvitationToken()
    const row = await insertInvitation(tx, allowed, {
      ...columns,
      org_id: orgId,
      id: newId(),
      realm,
      portal_id: who.portalId,
      customer_id: customerId,
      email,
      email_key: key,
      grants: JSON.stringify(grants),
      invited_by: actor.subjectId,
      message: body.message,
    })
    const link = await sendInvitation(tx, context, row, token)
    const [shown] = await presentInvitations(tx, orgId, [row], actor.now)
    if (!shown) throw new Error('an invitation that was just made is gone')
    note({ customerId, facts: { email, realm, grants: shown.grants } })
    return { ...shown, link }
  })
}

type Who = Parameters<typeof findInvitee>[2]

/** Whom the grants will be given to: somebody new, or the client account that the address has in this portal. */
async function inviteeOf(tx: Tx, allowed: Allowed, who: Who, email: string): Promise<Subject> {
  const known = await findInvitee(tx, allowed, who)
  if (known !== null && who.realm === 'staff') {
    throw new Fault('conflict', `${email} is a member already: give more access on the access page.`)
  }
  if (known === null) return { id: newId(), realm: who.realm, teamIds: [] }
  return { id: known, realm: who.realm, teamIds: await teamsOf(tx, { orgId: who.orgId, subjectId: known }) }
}

async function ensureNonePending(tx: Tx, who: Who, email: string): Promise<void> {
  const pending = await tx
    .selectFrom('invitation')
    .select('id')
    .where('org_id', '=', who.orgId)
    .where('realm', '=', who.realm)
    .where('portal_id', 'is not distinct from', who.portalId)
    .where('email_key', '=', who.emailKey)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (!pending) return
  throw new Fault('conflict', `${email} is invited already: send that invitation again, or revoke it first.`)
}
