import { sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import type { Tx } from '../database/pools.ts'
import type { AssertionRow, StoredRule } from './stored-rule.ts'

type At = { orgId: string; id: string }

/** In the order they were made, one more than a page. */
export function selectAssertions(
  tx: Tx,
  _: Allowed,
  page: { orgId: string; after: string | null; limit: number },
): Promise<AssertionRow[]> {
  let query = tx.selectFrom('assertion').selectAll().where('org_id', '=', page.orgId)
  if (page.after !== null) query = query.where('id', '>', page.after)
  return query
    .orderBy('id')
    .limit(page.limit + 1)
    .execute()
}

export async function assertionById(tx: Tx, _: Allowed, { orgId, id }: At): Promise<AssertionRow | null> {
  const query = tx.selectFrom('assertion').selectAll().where('org_id', '=', orgId).where('id', '=', id)
  return (await query.executeTakeFirst()) ?? null
}

export async function countAssertions(tx: Tx, _: Allowed, orgId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from assertion where org_id = ${orgId}::uuid`.execute(tx)
  return rows[0]?.count ?? 0
}

export function insertAssertion(
  tx: Tx,
  _: Allowed,
  row: At & { sentence: string; rule: StoredRule; by: string },
): Promise<AssertionRow> {
  const { orgId, id, sentence, rule, by } = row
  return tx
    .insertInto('assertion')
    .values({ org_id: orgId, id, sentence, rule: JSON.stringify(rule), created_by: by })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function deleteAssertion(tx: Tx, _: Allowed, { orgId, id }: At): Promise<void> {
  await tx.deleteFrom('assertion').where('org_id', '=', orgId).where('id', '=', id).execute()
}
