import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { derive, type Secret } from '../secrets.ts'
import { StartError } from '../start-error.ts'
import type { Login, Place } from './connection-url.ts'
import type { RoleName } from './pools.ts'

/** The five roles' names in this cluster, such as `zw_3f9a1c2e_staff`. */
export type RoleNames = Record<RoleName, string>

const served: RoleName[] = ['staff', 'portal', 'worker', 'dns']

export interface Roles {
  prefix: string
  names: RoleNames
  login(role: RoleName): Login
}

export interface RoleOptions {
  /** Connected to the database as somebody who may create roles; holds the set-up lock. */
  admin: pg.ClientBase
  place: Place
  secret: Secret
  /** Of an instance that has been set up before; else a new one is drawn, since roles are shared by a whole cluster. */
  prefix: string | null
  /** With DATABASE_URL its user is the owner; embedded, the owner is one more role with a derived password. */
  owner: Login | null
}

/** Makes the roles that are missing, and gives a role its derived password again where that does not open the door. */
export async function prepareRoles({ admin, place, secret, prefix, owner }: RoleOptions): Promise<Roles> {
  const usedPrefix = prefix ?? `zw_${randomBytes(4).toString('hex')}`
  const nameOf = (role: RoleName) => (role === 'owner' && owner ? owner.user : `${usedPrefix}_${role}`)
  const login = (role: RoleName): Login => (role === 'owner' && owner ? owner : roleLogin(secret, nameOf(role)))
  const names: RoleNames = {
    owner: nameOf('owner'),
    staff: nameOf('staff'),
    portal: nameOf('portal'),
    worker: nameOf('worker'),
    dns: nameOf('dns'),
  }
  for (const role of owner ? served : (['owner', ...served] as const)) await prepareRole(admin, place, login(role))
  return { prefix: usedPrefix, names, login }
}

/** How a role of ours logs in: every server that has the same secret knows. */
export function roleLogin(secret: Secret, user: string): Login {
  return { user, password: derive(secret, `database role ${user}`) }
}

const attributes = 'login nosuperuser nobypassrls nocreatedb nocreaterole noreplication noinherit'

async function prepareRole(admin: pg.ClientBase, place: Place, login: Login): Promise<void> {
  const name = pg.escapeIdentifier(login.user)
  const password = pg.escapeLiteral(login.password)
  const { rows } = await admin.query(
    `select rolsuper or rolbypassrls as above,
       (select string_agg(m.roleid::regrole::text, ', ') from pg_auth_members m where m.member = r.oid) as member_of
     from pg_roles r where rolname = $1`,
    [login.user],
  )
  const role: { above: boolean; member_of: string | null } | undefined = rows[0]
  if (!role) return change(admin, `create role ${name} ${attributes} password ${password}`)
  if (role.above)
    throw new StartError(
      `The role ${login.user} must not be a superuser or bypass row-level security: alter role ${name} nosuperuser nobypassrls`,
    )
  if (role.member_of)
    throw new StartError(
      `The role ${login.user} must not be a member of another role, but is of ${role.member_of}: revoke that`,
    )
  if (!(await canLogIn(place, login))) await change(admin, `alter role ${name} password ${password}`)
}

async function canLogIn(place: Place, login: Login): Promise<boolean> {
  const client = new pg.Client({ ...place.connect(login), connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch (error) {
    if (codeOf(error) === '28P01' || codeOf(error) === '28000') return false
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}

async function change(admin: pg.ClientBase, statement: string): Promise<void> {
  try {
    await admin.query(statement)
  } catch (error) {
    if (codeOf(error) !== '42501') throw error
    const { rows } = await admin.query('select current_user as name')
    throw new StartError(
      `The user of DATABASE_URL may not create roles: alter role ${pg.escapeIdentifier(rows[0]?.name)} createrole`,
    )
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
