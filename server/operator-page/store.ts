import { sql } from 'kysely'
import type { Context } from '../context.ts'
import type { AccountHolder } from '../http/account-request.ts'

type Connection = Context['database']['staff']['kysely']

export type Counts = Record<'organizations' | 'zones' | 'records' | 'accounts' | 'client_users', string>

/** Null where the account does not run the instance. */
export async function readCounts(db: Connection, { accountId }: AccountHolder): Promise<Counts | null> {
  const { rows } = await sql<Counts>`select * from instance_counts(${accountId}::uuid)`.execute(db)
  return rows[0] ?? null
}

export type OrganizationRow = {
  id: string
  name: string
  slug: string
  role_set: 'monitoring' | 'msp' | 'hosting' | 'zones' | 'domains'
  created_at: Date
  name_key: string
  members: string
  client_users: string
  customers: string
  zones: string
}

type Page = { after: readonly [name: string, id: string] | null; limit: number; onlyId?: string }

/** In order of their names. */
export async function selectOrganizations(
  db: Connection,
  { accountId }: AccountHolder,
  { after, limit, onlyId }: Page,
): Promise<OrganizationRow[]> {
  const [name, id] = after ?? [null, null]
  const { rows } = await sql<OrganizationRow>`select * from operated_organizations(
    ${accountId}::uuid, ${name}::text, ${id}::uuid, ${limit}::int, ${onlyId ?? null}::uuid)`.execute(db)
  return rows
}
