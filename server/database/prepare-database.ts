import pg from 'pg'
import type { Secret } from '../secrets.ts'
import { StartError } from '../start-error.ts'
import { checkServer } from './check-server.ts'
import { createInstance, type Instance, readInstance } from './instance.ts'
import { installJobQueue } from './job-queue.ts'
import { type Migration, migrate, pendingMigrations, readMigrations } from './migrate.ts'
import { prepareRoles, type Roles } from './roles.ts'
import type { Target } from './target.ts'
import { withClient } from './with-client.ts'

export type WhichMigrations = 'of an empty database' | 'all' | 'none'

export interface Prepared {
  roles: Roles
  instance: Instance
  serverVersion: number
}

/** Checks the server, then roles and migrations as needed. Of several servers that start at once, one does it. */
export async function prepareDatabase(
  target: Target,
  secret: Secret,
  secretFile: string,
  which: WhichMigrations,
  /** The last migration to run; all of them unless said (a restore says). */
  last?: string,
): Promise<Prepared> {
  return withClient(target.admin, async (admin) => {
    const serverVersion = await checkServer(admin)
    await admin.query("select pg_advisory_lock(hashtextextended('zoneward set-up', 0))")
    const existing = await readInstance(admin, secret, secretFile)
    const all = readMigrations()
    const pending = (await pendingMigrations(admin, all)).filter(({ name }) => last === undefined || name <= last)
    refuseUnasked(pending, all, which)
    const { place, owner } = target
    const roles = await prepareRoles({ admin, place, secret, owner, prefix: existing?.rolePrefix ?? null })
    if (!existing && !owner) await handOver(admin, roles)
    if (pending.length > 0) await runMigrations(target, roles, secret, pending)
    const instance = existing ?? (await readInstance(admin, secret, secretFile))
    if (!instance)
      throw new StartError('The database has tables of Zoneward but no instance: restore it from a back-up')
    return { roles, instance, serverVersion }
  })
}

function refuseUnasked(pending: Migration[], all: Migration[], which: WhichMigrations): void {
  if (pending.length === 0 || which === 'all') return
  if (which === 'of an empty database' && pending.length === all.length) return
  const names = pending.map((migration) => migration.name).join(', ')
  throw new StartError(
    `The database is older than this program and needs ${names}: see "zoneward upgrade", then run it with --yes`,
  )
}

async function runMigrations(target: Target, roles: Roles, secret: Secret, pending: Migration[]): Promise<void> {
  const owner = roles.login('owner')
  await withClient(target.place.connect(owner), async (client) => {
    await mayCreate(client)
    await migrate(client, roles.names, pending, async ({ name }) => {
      if (name.startsWith('0001-')) await createInstance(client, secret, roles.prefix)
    })
  })
  await installJobQueue(target.place, owner, roles.names)
}

// Embedded, the database is the owner's alone; on somebody else's server it may hold more than ours, and is left as is.
async function handOver(admin: pg.ClientBase, roles: Roles): Promise<void> {
  const { rows } = await admin.query('select current_database() as name')
  const database = pg.escapeIdentifier(rows[0]?.name)
  const owner = pg.escapeIdentifier(roles.names.owner)
  const everybody = Object.values(roles.names).map((name) => pg.escapeIdentifier(name))
  await admin.query(`alter database ${database} owner to ${owner};
    alter schema public owner to ${owner};
    revoke all on database ${database} from public;
    grant connect on database ${database} to ${everybody.join(', ')}`)
}

async function mayCreate(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query(`select current_user as name, current_database() as database,
    has_database_privilege(current_database(), 'create') and has_schema_privilege('public', 'create') as may`)
  const { name, database, may }: { name: string; database: string; may: boolean } = rows[0]
  if (!may)
    throw new StartError(
      `The user ${name} may not create tables in the database ${database}: alter database "${database}" owner to "${name}"`,
    )
}
