import type { Subject } from '@zoneward/permissions'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { anyOf } from './held-access.ts'

/** A user as the core sees it, with its name. */
export type Person = {
  /** A service account is a user without sign-in: it acts by its keys, and never gives or keeps anything. */
  kind: 'member' | 'client_user' | 'service'
  subject: Subject
  name: string
  email: string
  customerId: string | null
}

/**
 * The users among these subjects, and those in the teams among them, with their teams. Through the portal's pool only
 * client accounts of the same portal are found: row-level security hides the rest.
 */
export async function peopleOf(tx: Tx, actor: Pick<Actor, 'orgId' | 'realm'>, subjectIds: string[]): Promise<Person[]> {
  if (subjectIds.length === 0) return []
  const inTeams = await tx
    .selectFrom('team_member')
    .select(['team_id', 'user_id'])
    .where('org_id', '=', actor.orgId)
    .where((eb) =>
      eb('user_id', 'in', (of) =>
        of
          .selectFrom('team_member as mate')
          .select('mate.user_id')
          .where('mate.org_id', '=', actor.orgId)
          .where((or) =>
            or.or([or('mate.team_id', '=', anyOf(subjectIds)), or('mate.user_id', '=', anyOf(subjectIds))]),
          ),
      ),
    )
    .execute()
  const users = [...new Set([...subjectIds, ...inTeams.map((row) => row.user_id)])]
  const teams = Map.groupBy(inTeams, (row) => row.user_id)
  const teamsOf = (id: string) => (teams.get(id) ?? []).map((row) => row.team_id)
  const clients = await tx
    .selectFrom('client_user')
    .select(['id', 'name', 'email', 'customer_id'])
    .where('org_id', '=', actor.orgId)
    .where('id', '=', anyOf(users))
    .execute()
  const found: Person[] = clients.map((row) => ({
    kind: 'client_user',
    subject: { id: row.id, realm: 'client', teamIds: teamsOf(row.id) },
    name: row.name,
    email: row.email,
    customerId: row.customer_id,
  }))
  if (actor.realm === 'client') return found
  const members = await tx
    .selectFrom('member')
    .innerJoin('account', 'account.id', 'member.account_id')
    .select(['member.id', 'account.name', 'account.email'])
    .where('member.org_id', '=', actor.orgId)
    .where('member.id', '=', anyOf(users))
    .execute()
  const staff: Person[] = members.map((row) => ({
    kind: 'member',
    subject: { id: row.id, realm: 'staff', teamIds: teamsOf(row.id) },
    name: row.name,
    email: row.email,
    customerId: null,
  }))
  const accounts = await tx
    .selectFrom('service_account')
    .select(['id', 'name'])
    .where('org_id', '=', actor.orgId)
    .where('id', '=', anyOf(users))
    .execute()
  const services: Person[] = accounts.map((row) => ({
    kind: 'service',
    subject: { id: row.id, realm: 'staff', teamIds: teamsOf(row.id) },
    name: row.name,
    email: '',
    customerId: null,
  }))
  return [...staff, ...services, ...found]
}
