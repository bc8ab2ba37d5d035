import type { AnswerOf, ItemOf } from '@zoneward/api'
import type { AccountRequest } from '../http/account-request.ts'
import { pageOfRows, parseCursor } from '../http/cursor.ts'
import { type OrganizationRow, selectOrganizations } from './store.ts'

type Shown = ItemOf<'operator.organizations.list'>

/** Every organization, by name: how large each is, and nothing of what is in it. */
export async function listOrganizations(
  request: AccountRequest<'operator.organizations.list'>,
): Promise<AnswerOf<'operator.organizations.list'>> {
  const { context, person, query } = request
  const after = parseCursor(query.cursor, ['string', 'string'])
  const rows = await selectOrganizations(context.database.staff.kysely, person, { after, limit: query.limit + 1 })
  return pageOfRows(rows, query.limit, showOrganization, (row) => [row.name_key, row.id])
}

export function showOrganization(row: OrganizationRow): Shown {
  const { id, name, slug, role_set } = row
  return {
    ...{ id, name, slug, role_set, created_at: row.created_at.toISOString() },
    members: Number(row.members),
    client_users: Number(row.client_users),
    customers: Number(row.customers),
    zones: Number(row.zones),
  }
}
