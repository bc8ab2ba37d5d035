import type { Subject } from '@zoneward/permissions'
import { authorize } from '../access/authorize.ts'
import { teamsOf } from '../access/held-access.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { databaseNow } from './database-now.ts'
import { ensureMayInvite } from './may-invite.ts'
import { wishesOf } from './present-invitations.ts'
import type { InvitationRow } from './store.ts'
import { ensureMayGive } from './wishes.ts'

/**
 * Whether whoever invited may still give all of this: judged again by what they hold at this moment, since somebody
 * whose rights ended must not go on giving them through invitations that were sent before.
 */
export async function ensureStillGiven(
  tx: Tx,
  context: Context,
  row: InvitationRow,
  { invitee, revision }: { invitee: Subject; revision: string },
): Promise<void> {
  if (row.invited_by === null) return ensureFounding(tx, row.org_id, invitee)
  const inviter = await inviterOf(tx, context, row, revision)
  if (inviter === null) throw noLonger()
  // Staff roles were chosen or defaulted when it was made; the default one needs no right to choose roles.
  const invited = { realm: row.realm, customerId: row.customer_id, givesRoles: false }
  try {
    await ensureMayInvite(tx, row.org_id, invited, (permission, at) => {
      if (at === null) throw noLonger()
      return authorize(tx, inviter, { permission, resource: at })
    })
    await ensureMayGive(tx, inviter, { wishes: wishesOf(row), invitee, customerId: row.customer_id })
  } catch (error) {
    throw error instanceof Fault ? noLonger() : error
  }
}

/** Nobody of the organization invited: whoever runs the instance did, for as long as nobody is in it. */
async function ensureFounding(tx: Tx, orgId: string, { id }: Subject): Promise<void> {
  const members = tx.selectFrom('member').select('id').where('org_id', '=', orgId)
  if (await members.where('id', '!=', id).limit(1).executeTakeFirst()) throw noLonger()
}

function noLonger(): Fault {
  return new Fault('conflict', 'Whoever invited you can no longer give this access: ask for a new invitation.')
}

/** The inviter as it would act now, in the pages. */
async function inviterOf(tx: Tx, context: Context, row: InvitationRow, revision: string): Promise<Actor | null> {
  if (row.invited_by === null) return null
  const subject = await tx
    .selectFrom('subject')
    .select(['id', 'realm'])
    .where('org_id', '=', row.org_id)
    .where('id', '=', row.invited_by)
    .executeTakeFirst()
  if (!subject) return null
  const who = { orgId: row.org_id, subjectId: subject.id }
  return {
    ...who,
    kind: 'session',
    realm: subject.realm,
    teamIds: await teamsOf(tx, who),
    teamFeatures: false,
    currentTeamId: null,
    name: '',
    email: '',
    accountId: null,
    operator: false,
    portal: null,
    sessionId: null,
    key: null,
    revision,
    now: await databaseNow(tx),
    expiresAt: null,
    address: '',
    userAgent: '',
    pool: context.database.staff,
    scope: row.org_id,
  }
}
