import type { AnswerOf } from '@zoneward/api'
import { sql } from 'kysely'
import { teamsOf } from '../access/held-access.ts'
import { keepAssertions } from '../assertions/keep-assertions.ts'
import { appendEvent } from '../audit/append-event.ts'
import { changeOfAccess } from '../database/guard.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, invalidField } from '../fault.ts'
import type { PublicRequest } from '../http/routes.ts'
import { hashToken } from '../http/tokens.ts'
import { newId } from '../ids.ts'
import { emailKey } from '../sign-in/email-address.ts'
import { hashPassword, verifyPassword } from '../sign-in/hash-password.ts'
import { limitTries } from '../sign-in/limit-tries.ts'
import { openSession, startUsing } from '../sign-in/open-session.ts'
import { passwordFault } from '../sign-in/password-rule.ts'
import { homelessMe, readMe } from '../sign-in/read-me.ts'
import { refusePlainHttp } from '../sign-in/refuse-plain-http.ts'
import { agentOf } from '../sign-in/sign-in.ts'
import { type Accepting, admit } from './admit.ts'
import { databaseNow } from './database-now.ts'
import { ensureStillGiven } from './inviter.ts'
import { type FoundInvitation, findAccount, findByToken, unknownLink } from './preview-invitation.ts'
import { namesOf } from './send-invitation.ts'
import { findInvitation, type InvitationRow, stateOf } from './store.ts'

type Request = PublicRequest<'acceptances.create'>

/** Accepts an invitation, once: makes the account, or takes the password of the one that exists, and signs in. */
export async function acceptInvitation(request: Request): Promise<AnswerOf<'acceptances.create'>> {
  const { context, headers, address } = request
  refusePlainHttp(context, headers)
  const found = await findByToken(context, request.body.token)
  const pool = context.database.staff
  const { row, organization } = await pool.write(found.org_id, (tx) => readOpen(tx, found, request.body.token))
  const person = await identify(request, row, found, organization)
  const opened = await changeOfAccess(pool, found.org_id, async (tx, revision) => {
    const { row: now } = await readOpen(tx, found, request.body.token)
    const invitee = await admit(tx, now, person)
    const teamIds = await teamsOf(tx, { orgId: now.org_id, subjectId: invitee.id })
    await ensureStillGiven(tx, context, now, { invitee: { ...invitee, teamIds }, revision })
    await give(tx, now, invitee.id)
    const joining = { orgId: now.org_id, realm: now.realm, now: await databaseNow(tx), portal: null, joining: true }
    await keepAssertions(tx, joining, context.database)
    const actor = { subjectId: invitee.id, realm: now.realm, name: person.name, address, key: null }
    const session = { address, userAgent: agentOf(headers) }
    const opened = await openSession(
      tx,
      now.realm === 'staff'
        ? { ...session, realm: 'staff', accountId: person.accountId, orgId: now.org_id }
        : { ...session, realm: 'client', orgId: now.org_id, clientUserId: invitee.id },
    )
    await appendEvent(tx, actor, 'invitation.accepted', {
      customerId: now.customer_id,
      facts: { invitation: now.id, email: now.email, grants: now.grants },
    })
    return opened
  })
  const actor = await startUsing(context, opened, request.answerHeaders, address)
  return actor.kind === 'homeless' ? homelessMe(context, actor) : readMe(actor)
}

async function readOpen(
  tx: Tx,
  found: FoundInvitation,
  token: string,
): Promise<{ row: InvitationRow; organization: string }> {
  const row = await findInvitation(tx, found.org_id, found.invitation_id)
  // It may have been sent again since the link was looked up: then this one is dead.
  if (row === null || !hashToken('invite', token)?.equals(row.token_hash)) throw unknownLink()
  const state = stateOf(row, await databaseNow(tx))
  if (state === 'accepted') throw new Fault('conflict', 'This invitation was accepted already: sign in.')
  if (state === 'revoked') throw new Fault('conflict', 'This invitation was revoked: ask for a new one.')
  if (state === 'expired') throw new Fault('conflict', 'This invitation has expired: ask for it to be sent again.')
  return { row, organization: (await namesOf(tx, row)).organization }
}

async function identify(
  { context, body, address }: Request,
  row: InvitationRow,
  found: FoundInvitation,
  organization: string,
): Promise<Accepting> {
  const known = await findAccount(context, row.realm, found.portal_slug, row.email)
  if (known !== null) {
    const account = row.realm === 'staff' ? 'staff' : `client ${found.portal_slug}`
    const tries = { account: `${account} ${emailKey(row.email)}`, address }
    const right = await limitTries(context, tries, () => verifyPassword(body.password, known.password_hash))
    if (!right) throw invalidField('password', 'You have an account with this address: its password is another one.')
    return { accountId: known.id, isNew: false, name: known.name, passwordHash: known.password_hash }
  }
  if (!body.name) throw invalidField('name', 'Say what you are called: it stands beside what you change.')
  const fault = passwordFault(body.password, { email: row.email, organization })
  if (fault !== null) throw invalidField('password', fault)
  return { accountId: newId(), isNew: true, name: body.name, passwordHash: await hashPassword(body.password) }
}

async function give(tx: Tx, row: InvitationRow, subjectId: string): Promise<void> {
  const grants = row.grants as { role_id: string; scope: { kind: string; id: string } }[]
  if (grants.length > 0) {
    await tx
      .insertInto('access_grant')
      .values(
        grants.map(({ role_id, scope }) => ({
          org_id: row.org_id,
          id: newId(),
          subject_id: subjectId,
          role_id,
          customer_id: scope.kind === 'customer' ? scope.id : null,
          provider_id: scope.kind === 'provider' ? scope.id : null,
          zone_id: scope.kind === 'zone' ? scope.id : null,
          hosting_id: scope.kind === 'hosting' ? scope.id : null,
          granted_by: row.invited_by,
          reason: 'Given with the invitation.',
        })),
      )
      // Somebody who holds it already keeps it.
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  await tx
    .updateTable('invitation')
    .set({ accepted_at: sql<Date>`clock_timestamp()` })
    .where('org_id', '=', row.org_id)
    .where('id', '=', row.id)
    .execute()
}
