import type { AnswerOf } from '@zoneward/api'
import { sql } from 'kysely'
import { notFound } from '../fault.ts'
import type { AccountRequest } from '../http/account-request.ts'
import { authenticate } from '../http/authenticate.ts'
import { homelessMe, readMe } from './read-me.ts'

type Request = AccountRequest<'sessions.organization.replace'>

/**
 * Takes this session to another organization of the account; every page of the session is there from its next request
 * on. No organization's log says so: nothing happened in either.
 */
export async function changeOrganization(request: Request): Promise<AnswerOf<'sessions.organization.replace'>> {
  const { context, person, body, headers, address } = request
  const { kysely } = context.database.staff
  const { rows } = await sql<{ org_id: string }>`select org_id from organizations_of_account(${person.accountId}::uuid)
    where org_id = ${body.organization_id}::uuid`.execute(kysely)
  const [home] = rows
  if (!home) throw notFound()
  await kysely
    .updateTable('staff_session')
    .set({ current_organization: home.org_id, current_team: null })
    .where('id', '=', person.sessionId)
    .execute()
  const now = await authenticate(context, { headers, address })
  return now.kind === 'homeless' ? homelessMe(context, now) : readMe(now)
}
