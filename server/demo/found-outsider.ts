import { sql } from 'kysely'
import { appendEvent } from '../audit/append-event.ts'
import type { Context } from '../context.ts'
import { newId } from '../ids.ts'
import { readEmail } from '../sign-in/email-address.ts'
import { freeSlug } from '../sign-in/free-slug.ts'
import { hashPassword } from '../sign-in/hash-password.ts'
import { foundOrganization } from '../sign-in/set-up.ts'

type Outsider = { called: string; email: string; password: string; organization: string }

/** A second organization beside the example, whose owner must see nothing of it. No request makes one: sign-up is closed. */
export async function foundOutsider(context: Context, outsider: Outsider): Promise<void> {
  const { email, key } = readEmail(outsider.email)
  const passwordHash = await hashPassword(outsider.password)
  const pool = context.database.staff
  const founding = {
    orgId: newId(),
    accountId: newId(),
    memberId: newId(),
    name: outsider.organization,
    slug: await freeSlug(pool, outsider.organization),
    role_set: 'msp' as const,
  }
  await pool.write(founding.orgId, async (tx) => {
    const { accountId, memberId, name, slug } = founding
    await sql`select create_account(${accountId}, ${email}, ${key}, ${outsider.called}, ${passwordHash}, false)`.execute(
      tx,
    )
    await foundOrganization(tx, founding)
    const actor = {
      subjectId: memberId,
      realm: 'staff',
      name: outsider.called,
      address: '127.0.0.1',
      key: null,
    } as const
    await appendEvent(tx, actor, 'organization.created', { facts: { name, slug, role_set: founding.role_set } })
  })
}
