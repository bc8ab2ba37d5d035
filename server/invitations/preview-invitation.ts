import type { AnswerOf } from '@zoneward/api'
import { sql } from 'kysely'
import { findResources } from '../access/find-resource.ts'
import { roleBook } from '../access/role-book.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { PublicRequest } from '../http/routes.ts'
import { hashToken } from '../http/tokens.ts'
import { roleSentence } from '../organization/role-sentence.ts'
import { emailKey } from '../sign-in/email-address.ts'
import { databaseNow } from './database-now.ts'
import { wishesOf } from './present-invitations.ts'
import { namesOf } from './send-invitation.ts'
import { findInvitation, type InvitationRow, stateOf } from './store.ts'

type Preview = AnswerOf<'invitation_previews.create'>

/** What an invitation gives, in sentences, to whoever holds its link. */
export async function previewInvitation(request: PublicRequest<'invitation_previews.create'>): Promise<Preview> {
  const { context, body } = request
  const found = await findByToken(context, body.token)
  return context.database.staff.write(found.org_id, async (tx) => {
    const row = await findInvitation(tx, found.org_id, found.invitation_id)
    if (row === null) throw unknownLink()
    const { organization, title } = await namesOf(tx, row)
    return {
      realm: row.realm,
      organization,
      portal: found.portal_slug === null ? null : { slug: found.portal_slug, title: title ?? organization },
      email: row.email,
      state: stateOf(row, await databaseNow(tx)),
      account_exists: (await findAccount(context, row.realm, found.portal_slug, row.email)) !== null,
      access: await accessOf(tx, row),
      expires_at: row.expires_at.toISOString(),
    }
  })
}

async function accessOf(tx: Tx, row: InvitationRow): Promise<Preview['access']> {
  const wishes = wishesOf(row)
  const places = await findResources(
    tx,
    row.org_id,
    wishes.map((wish) => wish.scope),
  )
  const roles = await roleBook(tx, row.org_id)
  return wishes.flatMap(({ role_id, scope }) => {
    const role = roles.get(role_id)
    const place = places.get(`${scope.kind} ${scope.id}`)
    return role && place ? [{ role: role.name, scope: place.name, sentence: roleSentence(role) }] : []
  })
}

export type FoundInvitation = { org_id: string; invitation_id: string; portal_slug: string | null }

/** The invitation of a link. A link that was sent again, or cut short, finds none. */
export async function findByToken(context: Context, token: string): Promise<FoundInvitation> {
  const hash = hashToken('invite', token)
  if (hash === null) throw unknownLink()
  const { rows } =
    await sql<FoundInvitation>`select org_id, invitation_id, portal_slug from invitation_by_token(${hash})`.execute(
      context.database.staff.kysely,
    )
  const [found] = rows
  if (!found) throw unknownLink()
  return found
}

/** The account that has this address where the invitation leads: its password is asked for, none is made. */
export async function findAccount(
  context: Context,
  realm: 'staff' | 'client',
  portal: string | null,
  email: string,
): Promise<{ id: string; password_hash: string; name: string } | null> {
  const key = emailKey(email)
  type Found = { id: string; password_hash: string; name: string }
  const { rows } =
    realm === 'staff'
      ? await sql<Found>`select account_id as id, password_hash, name from staff_login(${key})`.execute(
          context.database.staff.kysely,
        )
      : await sql<Found>`select client_user_id as id, password_hash, name from client_login(${portal}, ${key})`.execute(
          context.database.portal.kysely,
        )
  return rows[0] ?? null
}

export function unknownLink(): Fault {
  return new Fault(
    'not_found',
    'This invitation link is not known: it was sent again since, or the link was cut short.',
  )
}
