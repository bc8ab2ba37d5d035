import type { AnswerOf } from '@zoneward/api'
import { sql } from 'kysely'
import { appendEvent } from '../audit/append-event.ts'
import type { Context } from '../context.ts'
import { Fault, invalidField } from '../fault.ts'
import type { PublicRequest } from '../http/routes.ts'
import { emailKey } from './email-address.ts'
import { verifyPassword } from './hash-password.ts'
import { limitTries } from './limit-tries.ts'
import { type Opened, openSession, startUsing } from './open-session.ts'
import { homelessMe, readMe } from './read-me.ts'
import { refusePlainHttp } from './refuse-plain-http.ts'

type Request = PublicRequest<'sessions.create'>

/** Signs in with a password, in one realm; a client account in the one portal that it belongs to. */
export async function signIn(request: Request): Promise<AnswerOf<'sessions.create'>> {
  const { context, body, headers } = request
  refusePlainHttp(context, headers)
  if (body.realm === 'client' && !body.portal) {
    throw invalidField('portal', 'Client accounts sign in to a portal: name it, as in its address /portal/<name>.')
  }
  const opened = body.realm === 'staff' ? await asStaff(request) : await asClient(request, body.portal ?? '')
  if (opened === null) {
    context.log.info({ realm: body.realm, portal: body.portal, address: request.address }, 'a sign-in was refused')
    throw new Fault('unauthenticated', 'Address and password do not belong together here.')
  }
  const actor = await startUsing(context, opened, request.answerHeaders, request.address)
  return actor.kind === 'homeless' ? homelessMe(context, actor) : readMe(actor)
}

type Login = { password_hash: string; name: string }
type StaffLogin = Login & { account_id: string }
type ClientLogin = Login & { org_id: string; client_user_id: string }

async function asStaff({ context, body, address, headers }: Request): Promise<Opened | null> {
  const pool = context.database.staff
  const key = emailKey(body.email)
  const [login] = (await sql<StaffLogin>`select * from staff_login(${key})`.execute(pool.kysely)).rows
  if (!(await isRight(context, { account: `staff ${key}`, address }, body.password, login)) || !login) return null
  const home = await newestMembership(context, login.account_id)
  const session = { realm: 'staff', accountId: login.account_id, address, userAgent: agentOf(headers) } as const
  if (home === null) {
    return pool.run('begin', (tx) => openSession(tx, { ...session, orgId: null }))
  }
  return pool.write(home.org_id, async (tx) => {
    const opened = await openSession(tx, { ...session, orgId: home.org_id })
    const actor = { subjectId: home.subject_id, realm: 'staff', name: login.name, address, key: null } as const
    await appendEvent(tx, actor, 'session.created', {})
    return opened
  })
}

async function asClient({ context, body, address, headers }: Request, portal: string): Promise<Opened | null> {
  const pool = context.database.portal
  const key = emailKey(body.email)
  const [login] = (await sql<ClientLogin>`select * from client_login(${portal}, ${key})`.execute(pool.kysely)).rows
  const tries = { account: `client ${portal} ${key}`, address }
  if (!(await isRight(context, tries, body.password, login)) || !login) return null
  const [place] = (
    await sql<{ portal_id: string; customer_id: string | null }>`select portal_id, customer_id
    from portal_by_slug(${portal})`.execute(pool.kysely)
  ).rows
  if (!place) return null
  const { org_id: orgId, client_user_id: clientUserId, name } = login
  return pool.write({ orgId, portal: place.portal_id, clientUser: clientUserId }, async (tx) => {
    const opened = await openSession(tx, { realm: 'client', orgId, clientUserId, address, userAgent: agentOf(headers) })
    const actor = { subjectId: clientUserId, realm: 'client', name, address, key: null } as const
    await appendEvent(tx, actor, 'session.created', { customerId: place.customer_id })
    return opened
  })
}

/** An account that is not there takes the same work and gets the same answer. */
function isRight(
  context: Context,
  tries: { account: string; address: string },
  password: string,
  login: Login | undefined,
): Promise<boolean> {
  return limitTries(context, tries, () => verifyPassword(password, login?.password_hash ?? null))
}

type Membership = { org_id: string; subject_id: string }

/** Ids of memberships sort by time. */
async function newestMembership(context: Context, accountId: string): Promise<Membership | null> {
  const { rows } = await sql<Membership>`select org_id, subject_id from organizations_of_account(${accountId})
    order by subject_id desc limit 1`.execute(context.database.staff.kysely)
  return rows[0] ?? null
}

export function agentOf(headers: Headers): string {
  return headers.get('user-agent') ?? ''
}
