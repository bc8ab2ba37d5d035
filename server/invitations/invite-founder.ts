import { allowSelf } from '../access/authorize.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../database/pools.ts'
import { newId } from '../ids.ts'
import { newInvitationToken, sendInvitation } from './send-invitation.ts'
import { insertInvitation } from './store.ts'

type Founder = { orgId: string; roleId: string; email: string; emailKey: string }

/**
 * Invites whoever will be the first of an organization that has nobody yet. By nobody of it, so the invitation is good
 * for as long as that is so.
 */
export async function inviteFounder(
  tx: Tx,
  context: Context,
  { orgId, roleId, email, emailKey }: Founder,
): Promise<{ expiresAt: Date; link: string | null }> {
  const { token, columns } = newInvitationToken()
  const grants = [{ role_id: roleId, scope: { kind: 'organization', id: orgId } }]
  const row = await insertInvitation(tx, allowSelf(), {
    ...columns,
    ...{ org_id: orgId, id: newId(), realm: 'staff', portal_id: null, customer_id: null, email, email_key: emailKey },
    ...{ grants: JSON.stringify(grants), invited_by: null, message: '' },
  })
  return { expiresAt: row.expires_at, link: await sendInvitation(tx, context, row, token) }
}
