import type { Context } from '../context.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor, Homeless } from '../http/actor.ts'
import { authenticate } from '../http/authenticate.ts'
import { cookieName, sessionCookie } from '../http/cookies.ts'
import { hashToken, newToken } from '../http/tokens.ts'
import { newId } from '../ids.ts'

/** Whose session, and from where. */
export type Opening = ({ realm: 'staff'; accountId: string; orgId: string | null } | ClientOpening) & {
  address: string
  userAgent: string
}
type ClientOpening = { realm: 'client'; orgId: string; clientUserId: string }

/** A session that was opened; `token` goes into the cookie and nowhere else. */
export type Opened = { realm: 'staff' | 'client'; token: string; expiresAt: Date }

const days = 24 * 60 * 60 * 1000
/** A session ends 14 days after signing in, whatever is done with it. */
const longest = 14 * days

export async function openSession(tx: Tx, opening: Opening): Promise<Opened> {
  const token = newToken('session')
  const expiresAt = new Date(Date.now() + longest)
  const row = {
    id: newId(),
    token_hash: hashOf(token),
    expires_at: expiresAt,
    user_agent: opening.userAgent.slice(0, 300),
    address: opening.address,
  }
  if (opening.realm === 'staff') {
    const { accountId, orgId } = opening
    await tx
      .insertInto('staff_session')
      .values({ ...row, account_id: accountId, current_organization: orgId })
      .execute()
  } else {
    const { orgId, clientUserId } = opening
    await tx
      .insertInto('client_session')
      .values({ ...row, org_id: orgId, client_user_id: clientUserId })
      .execute()
    await tx
      .updateTable('client_user')
      .set({ last_seen_at: new Date() })
      .where('org_id', '=', orgId)
      .where('id', '=', clientUserId)
      .execute()
  }
  return { realm: opening.realm, token, expiresAt }
}

/** Puts the cookie on the answer, and says who the browser is from now on. */
export async function startUsing(
  context: Context,
  opened: Opened,
  answerHeaders: Headers,
  address: string,
): Promise<Actor | Homeless> {
  const name = cookieName(opened.realm, context.instanceId)
  answerHeaders.append('set-cookie', sessionCookie(name, opened.token, opened.expiresAt))
  return authenticate(context, { headers: new Headers({ cookie: `${name}=${opened.token}` }), address })
}

function hashOf(token: string): Buffer {
  const hash = hashToken('session', token)
  if (hash === null) throw new Error('a token of our own making is not well-formed')
  return hash
}
