import type { AnswerOf } from '@zoneward/api'
import { roleSet } from '@zoneward/permissions'
import { sql } from 'kysely'
import { appendEvent } from '../audit/append-event.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, invalidField } from '../fault.ts'
import type { PublicRequest } from '../http/routes.ts'
import { hashToken } from '../http/tokens.ts'
import { newId } from '../ids.ts'
import { readEmail } from './email-address.ts'
import { freeSlug } from './free-slug.ts'
import { hashPassword } from './hash-password.ts'
import { openSession, startUsing } from './open-session.ts'
import { passwordFault } from './password-rule.ts'
import { homelessMe, readMe } from './read-me.ts'
import { refusePlainHttp } from './refuse-plain-http.ts'
import { agentOf } from './sign-in.ts'

type Request = PublicRequest<'setup.create'>

/** Makes the first administrator and organization, for whoever holds the one-time link, and signs in. */
export async function setUp(request: Request): Promise<AnswerOf<'setup.create'>> {
  const { context, body, headers, address } = request
  refusePlainHttp(context, headers)
  const token = hashToken('setup', body.token)
  const pool = context.database.staff
  if (token === null || !(await isSetupOpen(request))) throw usedUp()
  const { email, key } = readEmail(body.email)
  const fault = passwordFault(body.password, { email, organization: body.organization.name })
  if (fault !== null) throw invalidField('password', fault)
  const passwordHash = await hashPassword(body.password)
  const slug = await freeSlug(pool, body.organization.name)
  const made = { orgId: newId(), accountId: newId(), memberId: newId() }
  const opened = await pool.write(made.orgId, async (tx) => {
    const { rows } = await sql<{ used: boolean }>`select use_setup_token(${token}) as used`.execute(tx)
    if (!rows[0]?.used) throw usedUp()
    await sql`select create_account(${made.accountId}, ${email}, ${key}, ${body.name}, ${passwordHash}, true)`.execute(
      tx,
    )
    await foundOrganization(tx, { ...made, slug, ...body.organization })
    const session = { realm: 'staff', accountId: made.accountId, orgId: made.orgId } as const
    const opened = await openSession(tx, { ...session, address, userAgent: agentOf(headers) })
    const actor = { subjectId: made.memberId, realm: 'staff', name: body.name, address, key: null } as const
    await appendEvent(tx, actor, 'organization.created', { facts: { ...body.organization, slug } })
    return opened
  })
  const actor = await startUsing(context, opened, request.answerHeaders, address)
  return actor.kind === 'homeless' ? homelessMe(context, actor) : readMe(actor)
}

export async function isSetupOpen({ context }: Pick<Request, 'context'>): Promise<boolean> {
  const { rows } = await sql<{ open: boolean }>`select setup_is_open() as open`.execute(context.database.staff.kysely)
  return rows[0]?.open === true
}

type Founding = {
  orgId: string
  accountId: string
  memberId: string
  name: string
  slug: string
  role_set: Parameters<typeof roleSet>[0]
}

/** An organization with its own portal and its founder, who gets the top role of its role set. */
export async function foundOrganization(tx: Tx, founding: Founding): Promise<void> {
  const { orgId, memberId, accountId, name, slug, role_set } = founding
  await tx.insertInto('organization').values({ id: orgId, name, slug, role_set }).execute()
  await tx.insertInto('portal').values({ slug, org_id: orgId, id: newId(), customer_id: null }).execute()
  await tx.insertInto('subject').values({ org_id: orgId, id: memberId, kind: 'member', realm: 'staff' }).execute()
  await tx.insertInto('member').values({ org_id: orgId, id: memberId, account_id: accountId }).execute()
  await tx
    .insertInto('access_grant')
    .values({
      org_id: orgId,
      id: newId(),
      subject_id: memberId,
      role_id: roleSet(role_set).topRoleId,
      granted_by: memberId,
      reason: 'Founded the organization.',
    })
    .execute()
}

function usedUp(): Fault {
  return new Fault(
    'forbidden',
    'This link is not the one that the server printed last, or it was used already: start the server again for a new one.',
  )
}
