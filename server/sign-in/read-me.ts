import type { AnswerOf } from '@zoneward/api'
import {
  type Grant,
  isLive,
  type Permission,
  permissionIds,
  type VisibleScopes,
  visibleScopes,
} from '@zoneward/permissions'
import { type QueryExecutorProvider, sql } from 'kysely'
import { asItself, askerOf } from '../access/authorize.ts'
import { anyOf, grantOfRow, type HeldAccess, heldAccess, teamsOf } from '../access/held-access.ts'
import { peopleOf } from '../access/people.ts'
import { roleBook } from '../access/role-book.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor, Homeless } from '../http/actor.ts'
import { nameScopes } from '../organization/name-scopes.ts'

type Me = AnswerOf<'me.read'>

/** Who the caller is and what it holds now: what menus and buttons are made from. */
export async function readMe(actor: Actor): Promise<Me> {
  return actor.pool.read(actor.scope, (tx) => meOf(tx, actor))
}

/** Somebody who signed in and is a member of no organization. */
export async function homelessMe({ database }: Pick<Context, 'database'>, person: Homeless): Promise<Me> {
  return {
    realm: 'staff',
    user: { id: person.accountId, name: person.name, email: person.email, operator: person.operator },
    organization: null,
    portal: null,
    customer: null,
    session: { kind: 'session', expires_at: person.expiresAt.toISOString() },
    permissions: {},
    grants: [],
    team_features: false,
    current_team_id: null,
    teams: [],
    organizations: await organizationsOf(database.staff.kysely, person.accountId),
    view_as: null,
  }
}

export async function meOf(tx: Tx, actor: Actor): Promise<Me> {
  const organization = await tx
    .selectFrom('organization')
    .select(['id', 'name', 'slug', 'role_set', 'contact'])
    .where('id', '=', actor.orgId)
    .executeTakeFirstOrThrow()
  const customer = await customerOf(tx, actor)
  const teamIds = await teamsOf(tx, actor)
  const teams = await teamNames(tx, actor.orgId, teamIds)
  return {
    realm: actor.realm,
    user: { id: actor.subjectId, name: actor.name, email: await emailOf(tx, actor), operator: actor.operator },
    organization,
    portal: await portalOf(tx, actor, customer?.name ?? organization.name),
    customer,
    session: { kind: actor.kind, expires_at: actor.expiresAt?.toISOString() ?? null },
    permissions: permissionsOf(actor, await heldAccess(tx, actor)),
    grants: await grantsOf(tx, actor, teams),
    team_features: actor.teamFeatures,
    current_team_id: actor.currentTeamId,
    teams: [{ id: actor.subjectId, name: actor.name, personal: true }, ...[...teams].map(ownTeam)],
    organizations: await organizationsOf(tx, actor.accountId, organization),
    view_as: viewOf(actor),
  }
}

function viewOf({ viewAs, name }: Actor): Me['view_as'] {
  return viewAs
    ? { id: viewAs.id, viewer: viewAs.viewerName, subject: name, ends_at: viewAs.endsAt.toISOString() }
    : null
}

// The look-up of a key does not bring its owner's address along.
async function emailOf(tx: Tx, actor: Actor): Promise<string> {
  if (actor.key === null) return actor.email
  const [owner] = await peopleOf(tx, actor, [actor.subjectId])
  return owner?.email ?? ''
}

async function portalOf(tx: Tx, actor: Actor, title: string): Promise<Me['portal']> {
  if (!actor.portal) return null
  const row = await tx
    .selectFrom('portal')
    .select('slug')
    .where('org_id', '=', actor.orgId)
    .where('id', '=', actor.portal.id)
    .executeTakeFirstOrThrow()
  return { slug: row.slug, title }
}

async function customerOf(tx: Tx, actor: Actor): Promise<Me['customer']> {
  const id = actor.portal?.customerId
  if (!id) return null
  const row = await tx
    .selectFrom('customer')
    .select(['id', 'name'])
    .where('org_id', '=', actor.orgId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

function permissionsOf(actor: Actor, held: HeldAccess): Me['permissions'] {
  // What a view shows are the menus and pages of the person; that it writes nothing is decided where something is done.
  const asker = askerOf(asItself(actor), held)
  const kinds = (permission: Permission) => kindsOf(visibleScopes(held.index, { ...asker, permission }))
  return Object.fromEntries(
    permissionIds.map((permission) => [permission, kinds(permission)] as const).filter(([, held]) => held.length > 0),
  )
}

function kindsOf(scopes: VisibleScopes): string[] {
  const except = new Set(scopes.exceptCustomers)
  const lists = {
    organization: scopes.organizations,
    customer: scopes.customers.filter((customer) => !except.has(customer.id)),
    provider: scopes.providers,
    zone: scopes.zones,
    hosting: scopes.hostings,
  }
  return Object.entries(lists).flatMap(([kind, list]) => (list.length > 0 ? [kind] : []))
}

async function grantsOf(tx: Tx, actor: Actor, teams: ReadonlyMap<string, string>): Promise<Me['grants']> {
  const rows = await tx
    .selectFrom('access_grant')
    .selectAll()
    .where('org_id', '=', actor.orgId)
    .where('subject_id', '=', anyOf([actor.subjectId, ...teams.keys()]))
    .orderBy('id')
    .execute()
  const grants = rows.map(grantOfRow).filter((grant) => isLive(grant, actor.now))
  const named = await nameScopes(
    tx,
    actor.orgId,
    grants.map((grant) => grant.scope),
  )
  const roles = await roleBook(tx, actor.orgId)
  return grants.map((grant: Grant) => ({
    role_id: grant.roleId,
    role: roles.get(grant.roleId)?.name ?? grant.roleId,
    scope: named(grant.scope),
    via: teams.get(grant.subjectId) ?? null,
  }))
}

async function teamNames(tx: Tx, orgId: string, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('team')
    .select(['id', 'name'])
    .where('org_id', '=', orgId)
    .where('id', '=', anyOf(ids))
    .orderBy(sql`lower(name)`)
    .execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

function ownTeam([id, name]: [string, string]): Me['teams'][number] {
  return { id, name, personal: false }
}

/** Those that an account is a member of. A client account, and a key, is at home in one. */
async function organizationsOf(
  database: QueryExecutorProvider,
  accountId: string | null,
  home?: { id: string; name: string },
): Promise<Me['organizations']> {
  if (accountId === null) return home ? [{ id: home.id, name: home.name }] : []
  const { rows } = await sql<{ id: string; name: string }>`
    select org_id as id, name from organizations_of_account(${accountId}::uuid)`.execute(database)
  return rows
}
