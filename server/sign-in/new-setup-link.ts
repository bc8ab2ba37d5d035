import type { Context } from '../context.ts'
import { hashToken, newToken } from '../http/tokens.ts'

/** A new one-time link that makes the first administrator; the one before it stops working. null: there is one already. */
export async function newSetupLink({ database, publicOrigin }: Context): Promise<string | null> {
  const owner = database.owner.kysely
  const known = await owner.selectFrom('organization').select('id').limit(1).executeTakeFirst()
  if (known) return null
  const token = newToken('setup')
  await owner
    .updateTable('instance')
    .set({ setup_token_hash: hashToken('setup', token) })
    .execute()
  return `${publicOrigin}/setup#${token}`
}
