import { existsSync } from 'node:fs'
import type pg from 'pg'
import { keyFingerprint } from '../../api/audit-file.ts'
import type { Config } from '../config.ts'
import { checkServer } from '../database/check-server.ts'
import { readInstance } from '../database/instance.ts'
import { pendingMigrations, readMigrations } from '../database/migrate.ts'
import { roleLogin } from '../database/roles.ts'
import type { Target } from '../database/target.ts'
import { withClient } from '../database/with-client.ts'
import type { Log } from '../log.ts'
import { loadSecret, type Secret } from '../secrets.ts'
import { StartError } from '../start-error.ts'
import { attachTarget } from './attach-target.ts'
import { type Finding, fine, problem } from './doctor.ts'

export async function checkDatabase(config: Config, log: Log): Promise<Finding[]> {
  if (config.databaseUrl === null && !existsSync(`${config.dataFolder}/postgres`)) {
    return [fine('database', 'the embedded PostgreSQL is set up at the first start')]
  }
  if (!existsSync(config.secretFile)) return []
  const loaded = loadSecret(config.secretFile)
  if ('error' in loaded) return []
  let target: Target | undefined
  try {
    target = await attachTarget(config, log)
    const found: Target = target
    return await withClient(found.admin, (admin) => examineDatabase(admin, found, loaded.secret, config.secretFile))
  } catch (error) {
    return [problem('database', messageOf(error), 'see the message; the other checks of the database need it')]
  } finally {
    await target?.close()
  }
}

async function examineDatabase(
  admin: pg.Client,
  target: Target,
  secret: Secret,
  secretFile: string,
): Promise<Finding[]> {
  const findings = [await server(admin), await clock(admin)]
  const instance = await readInstance(admin, secret, secretFile)
  if (!instance) return [...findings, fine('migrations', 'the database is empty and set up at the first start')]
  findings.push(await migrations(admin), await walls(admin), ...(await roles(admin, instance.rolePrefix)))
  findings.push(await logins(target, secret, instance.rolePrefix), await auditKey(admin))
  return findings
}

/** What whoever checks an exported audit log compares its key with. */
async function auditKey(admin: pg.Client): Promise<Finding> {
  const { rows } = await admin.query<{ audit_public_key: Buffer | null }>('select audit_public_key from instance')
  const key = rows[0]?.audit_public_key
  return key
    ? fine('audit log', `exports are signed by the key ${keyFingerprint(key)}`)
    : problem('audit log', 'the key that signs exports is missing', 'restore a back-up: it belongs to the instance')
}

async function server(admin: pg.Client): Promise<Finding> {
  try {
    const version = await checkServer(admin)
    const { rows } =
      await admin.query(`select current_setting('full_page_writes') as pages, current_setting('max_connections')::int as most,
      (select count(*)::int from pg_stat_activity) as used`)
    const { pages, most, used } = rows[0]
    if (pages === 'off')
      return problem('database', 'full_page_writes is off: a crash may tear pages', 'set full_page_writes = on')
    if (used > most * 0.9)
      return problem('database', `${used} of ${most} connections are in use`, 'raise max_connections')
    return fine(
      'database',
      `PostgreSQL ${Math.floor(version / 10_000)}.${version % 10_000}, ${used} of ${most} connections in use`,
    )
  } catch (error) {
    return problem('database', messageOf(error), 'correct that in postgresql.conf and restart it')
  }
}

async function clock(admin: pg.Client): Promise<Finding> {
  const sent = Date.now()
  const { rows } = await admin.query('select extract(epoch from clock_timestamp()) * 1000 as ms')
  const off = Math.abs(Number(rows[0]?.ms) - (sent + Date.now()) / 2)
  if (off <= 2_000) return fine('clock', `${Math.round(off)} ms beside the database's`)
  return problem(
    'clock',
    `${Math.round(off / 1000)} s beside the database's`,
    'let both machines set their clocks by NTP',
  )
}

async function migrations(admin: pg.Client): Promise<Finding> {
  try {
    const pending = await pendingMigrations(admin, readMigrations())
    if (pending.length === 0) return fine('migrations', 'all have run')
    return problem(
      'migrations',
      `${pending.map((one) => one.name).join(', ')} have not run`,
      'zoneward upgrade, and then zoneward upgrade --yes',
    )
  } catch (error) {
    return problem('migrations', messageOf(error), 'run the version of Zoneward that fits')
  }
}

async function walls(admin: pg.Client): Promise<Finding> {
  const { rows } = await admin.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not a.attisdropped
       and (a.attname = 'org_id' or (c.relname = 'organization' and a.attname = 'id'))
       and not (c.relrowsecurity and c.relforcerowsecurity) order by 1`,
  )
  if (rows.length === 0) return fine('row-level security', 'enabled and forced on every table of an organization')
  const mend = rows
    .map(({ name }) => `alter table ${name} enable row level security, force row level security;`)
    .join(' ')
  return problem('row-level security', `off on ${rows.map(({ name }) => name).join(', ')}`, mend)
}

async function roles(admin: pg.Client, prefix: string): Promise<Finding[]> {
  const { rows } = await admin.query<{ name: string; above: boolean; member_of: string | null }>(
    `select r.rolname as name, r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication as above,
       (select string_agg(m.roleid::regrole::text, ', ') from pg_auth_members m where m.member = r.oid) as member_of
     from pg_roles r where r.rolname = any ($1)`,
    [['staff', 'portal', 'worker', 'dns'].map((role) => `${prefix}_${role}`)],
  )
  const wrong = rows.flatMap(({ name, above, member_of }) => [
    ...(above
      ? [
          problem(
            'roles',
            `${name} may do more than it should`,
            `alter role "${name}" nosuperuser nobypassrls nocreaterole nocreatedb noreplication`,
          ),
        ]
      : []),
    ...(member_of
      ? [problem('roles', `${name} is a member of ${member_of}`, `revoke ${member_of} from "${name}"`)]
      : []),
  ])
  if (rows.length < 4)
    return [...wrong, problem('roles', `only ${rows.length} of 4 are there`, 'start the server once; it makes them')]
  return wrong.length > 0 ? wrong : [fine('roles', 'apart from each other, and none above row-level security')]
}

async function logins(target: Target, secret: Secret, prefix: string): Promise<Finding> {
  try {
    await withClient(target.place.connect(roleLogin(secret, `${prefix}_staff`)), (client) => client.query('select 1'))
    return fine('log-ins', 'the passwords of the roles are those of the secret file')
  } catch (error) {
    return problem('log-ins', messageOf(error), 'start the server once; it sets the passwords again')
  }
}

function messageOf(error: unknown): string {
  return error instanceof StartError || error instanceof Error ? error.message : String(error)
}
