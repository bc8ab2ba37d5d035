import type { Context } from '../context.ts'
import type { Tx } from '../database/pools.ts'
import { hashToken, newToken } from '../http/tokens.ts'
import { invitationMail } from './invitation-mail.ts'
import type { InvitationRow } from './store.ts'

const days = 24 * 60 * 60 * 1000
const validFor = 7 * days

/** A new token of an invitation; the one before it, if any, is no longer found. */
export function newInvitationToken(): {
  token: string
  columns: { token_hash: Buffer; expires_at: Date; sent_at: Date }
} {
  const token = newToken('invite')
  const token_hash = hashToken('invite', token)
  if (token_hash === null) throw new Error('a token of our own making is not well-formed')
  const now = Date.now()
  return { token, columns: { token_hash, sent_at: new Date(now), expires_at: new Date(now + validFor) } }
}

/** Queues the mail, and gives the link where it is shown to the inviter because no mail server is set. */
export async function sendInvitation(
  tx: Tx,
  context: Context,
  row: InvitationRow,
  token: string,
): Promise<string | null> {
  const link = `${context.publicOrigin}/invitation#${token}`
  const { organization, title } = await namesOf(tx, row)
  const { email: to, expires_at: expiresAt, message } = row
  await context.mailer.queue(tx, invitationMail({ to, organization, title, link, expiresAt, message }))
  return context.mailer.showsLinks ? link : null
}

/** The organization's name, and for client accounts the portal's. */
export async function namesOf(tx: Tx, row: InvitationRow): Promise<{ organization: string; title: string | null }> {
  const { name } = await tx
    .selectFrom('organization')
    .select('name')
    .where('id', '=', row.org_id)
    .executeTakeFirstOrThrow()
  if (row.realm === 'staff') return { organization: name, title: null }
  if (row.customer_id === null) return { organization: name, title: name }
  const customer = await tx
    .selectFrom('customer')
    .select('name')
    .where('org_id', '=', row.org_id)
    .where('id', '=', row.customer_id)
    .executeTakeFirstOrThrow()
  return { organization: name, title: customer.name }
}
