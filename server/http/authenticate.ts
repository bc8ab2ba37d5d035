import { sql } from 'kysely'
import { keyCeilingOf } from '../access/key-ceiling.ts'
import type { Context } from '../context.ts'
import type { RolePool } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import { lookAs, onlyMembers } from '../view-as/look-as.ts'
import { viewAsHeader } from '../view-as/view.ts'
import type { Actor, Homeless } from './actor.ts'
import { cookieName, readCookie } from './cookies.ts'
import { noteKey, noteSession, refuseIdleKey } from './note-use.ts'
import { hashToken } from './tokens.ts'

export const portalHeader = 'zoneward-portal'

export type Caller = { headers: Headers; address: string }

/**
 * Who makes this request: an API key in `Authorization: Bearer`, or the session cookie of one realm. A request that
 * names a portal is judged by the portal's cookie alone, so a staff session is nobody there and the other way round.
 */
export async function authenticate(context: Context, caller: Caller): Promise<Actor | Homeless> {
  const view = caller.headers.get(viewAsHeader)
  return view === null ? authenticateCaller(context, caller) : authenticateView(context, caller, view)
}

/** Whoever looks as somebody else is its own member first, also on the pages of a portal. */
async function authenticateView(context: Context, caller: Caller, view: string): Promise<Actor> {
  const headers = new Headers(caller.headers)
  headers.delete(portalHeader)
  const viewer = await authenticateCaller(context, { ...caller, headers })
  if (viewer.kind === 'homeless') throw onlyMembers()
  return lookAs(context, viewer, view, caller.headers.get(portalHeader))
}

async function authenticateCaller(context: Context, caller: Caller): Promise<Actor | Homeless> {
  const authorization = caller.headers.get('authorization')
  if (authorization !== null) return byKey(context, caller, authorization)
  const cookies = caller.headers.get('cookie')
  const portal = caller.headers.get(portalHeader)
  const staff = portal === null ? readCookie(cookies, cookieName('staff', context.instanceId)) : null
  if (staff !== null) return byStaffSession(context, caller, staff)
  const client = readCookie(cookies, cookieName('client', context.instanceId))
  if (client !== null) return byClientSession(context, caller, client, portal)
  throw signInFirst()
}

function signInFirst(): Fault {
  return new Fault('unauthenticated', 'Sign in, or send an API key as "Authorization: Bearer zw_key_…".')
}

const goneSentences = {
  key: 'This API key was revoked, has ended, or never was.',
  guest: 'This link was ended, or never was: ask whoever gave it to you for another.',
}

async function byKey(context: Context, caller: Caller, authorization: string): Promise<Actor> {
  const [, token = ''] = /^Bearer +(\S+)$/i.exec(authorization) ?? []
  const hash = hashToken('key', token) ?? hashToken('guest', token)
  if (hash === null)
    throw new Fault('unauthenticated', 'This is no API key of this server: cut short, mistyped, or of another kind.')
  const { staff, portal } = context.database
  const [row] = (await sql<KeyRow>`select * from api_key_by_token(${hash})`.execute(staff.kysely)).rows
  if (!row) throw new Fault('unauthenticated', goneSentences[token.startsWith('zw_guest_') ? 'guest' : 'key'])
  refuseIdleKey(row)
  const pool: RolePool = row.realm === 'staff' ? staff : portal
  await noteKey(pool, scopeOf(row), row, caller.address)
  return {
    kind: 'api_key',
    realm: row.realm,
    orgId: row.org_id,
    subjectId: row.subject_id,
    teamIds: row.team_ids,
    teamFeatures: false,
    currentTeamId: null,
    name: row.owner_name,
    email: '',
    accountId: null,
    operator: false,
    portal: row.portal_id ? { id: row.portal_id, slug: '', customerId: row.customer_id } : null,
    sessionId: null,
    key: {
      id: row.key_id,
      name: row.key_name,
      kind: row.kind,
      createdBy: row.created_by,
      ceiling: keyCeilingOf(row, caller.address),
    },
    revision: row.access_revision,
    now: row.now_ms,
    expiresAt: row.expires_at,
    address: caller.address,
    userAgent: caller.headers.get('user-agent') ?? '',
    pool,
    scope: scopeOf(row),
  }
}

async function byStaffSession(context: Context, caller: Caller, token: string): Promise<Actor | Homeless> {
  const hash = hashToken('session', token)
  const pool = context.database.staff
  const [row] =
    hash === null ? [] : (await sql<StaffRow>`select * from staff_session_by_token(${hash})`.execute(pool.kysely)).rows
  if (!row) throw new Fault('unauthenticated', 'This session has ended: sign in again.')
  await noteSession(pool, null, row)
  const person = {
    accountId: row.account_id,
    name: row.name,
    email: row.email,
    operator: row.is_operator,
    sessionId: row.session_id,
    expiresAt: row.session_expires_at,
  }
  if (row.org_id === null || row.subject_id === null) return { kind: 'homeless', ...person }
  return {
    kind: 'session',
    realm: 'staff',
    ...person,
    orgId: row.org_id,
    subjectId: row.subject_id,
    teamIds: row.team_ids,
    teamFeatures: row.team_features,
    currentTeamId: row.current_team,
    portal: null,
    key: null,
    revision: row.access_revision,
    now: row.now_ms,
    address: caller.address,
    userAgent: caller.headers.get('user-agent') ?? '',
    pool,
    scope: row.org_id,
  }
}

async function byClientSession(
  context: Context,
  caller: Caller,
  token: string,
  portalSlug: string | null,
): Promise<Actor> {
  const hash = hashToken('session', token)
  const pool = context.database.portal
  const [row] =
    hash === null
      ? []
      : (await sql<ClientRow>`select * from client_session_by_token(${hash})`.execute(pool.kysely)).rows
  if (!row || (portalSlug !== null && row.portal_slug !== portalSlug)) {
    throw new Fault('unauthenticated', 'This session has ended, or belongs to another portal: sign in again.')
  }
  await noteSession(pool, scopeOf(row), row)
  return {
    kind: 'session',
    realm: 'client',
    orgId: row.org_id,
    subjectId: row.subject_id,
    teamIds: row.team_ids,
    teamFeatures: row.team_features,
    currentTeamId: row.current_team,
    name: row.name,
    email: row.email,
    accountId: null,
    operator: false,
    portal: { id: row.portal_id, slug: row.portal_slug, customerId: row.customer_id },
    sessionId: row.session_id,
    key: null,
    revision: row.access_revision,
    now: row.now_ms,
    expiresAt: row.session_expires_at,
    address: caller.address,
    userAgent: caller.headers.get('user-agent') ?? '',
    pool,
    scope: scopeOf(row),
  }
}

function scopeOf(row: { org_id: string; portal_id: string | null; subject_id: string }): Actor['scope'] {
  return row.portal_id ? { orgId: row.org_id, portal: row.portal_id, clientUser: row.subject_id } : row.org_id
}

type Common = { team_ids: string[]; access_revision: string; now_ms: number }
export type KeyRow = Common & {
  key_id: string
  key_name: string
  kind: 'key' | 'guest'
  created_by: string | null
  org_id: string
  subject_id: string
  realm: 'staff' | 'client'
  owner_name: string
  portal_id: string | null
  customer_id: string | null
  ceiling: unknown
  created_at: Date
  expires_at: Date | null
  last_used_at: Date | null
}
type Teamwork = { team_features: boolean; current_team: string | null }
type StaffRow = Common &
  Teamwork & {
    session_id: string
    account_id: string
    email: string
    name: string
    is_operator: boolean
    session_expires_at: Date
    last_seen_at: Date
    org_id: string | null
    subject_id: string | null
  }
type ClientRow = Common &
  Teamwork & {
    session_id: string
    org_id: string
    subject_id: string
    email: string
    name: string
    portal_id: string
    portal_slug: string
    customer_id: string | null
    session_expires_at: Date
    last_seen_at: Date
  }
