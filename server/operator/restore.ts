import { existsSync } from 'node:fs'
import pg from 'pg'
import { auditKeyBinding, readInstance } from '../database/instance.ts'
import { readMigrations } from '../database/migrate.ts'
import { type Prepared, prepareDatabase } from '../database/prepare-database.ts'
import type { Target } from '../database/target.ts'
import { withClient } from '../database/with-client.ts'
import { open, type Secret } from '../secrets.ts'
import { StartError } from '../start-error.ts'
import { serverIsConnected } from './attach-target.ts'
import { type BackupHeader, readBackupHeader } from './backup-file.ts'
import { loadRows } from './load-rows.ts'
import { keepCurrentAccess, noteRestore, takeAwayAgain } from './restored-access.ts'
import { type Revocation, readRevocations, readRevocationsSql } from './revocations.ts'

export interface RestoreOptions {
  file: string
  secret: Secret
  secretFile: string
  /** Where the server copied revocations to, or a file that was kept elsewhere. */
  revocationsFile: string
  /** Replace what the database holds now. */
  replace: boolean
  /** Nothing is known of what was revoked since the back-up; restore access as it was then, without any API key. */
  accessAsOfBackup: boolean
}

export interface RestoreReport {
  at: string
  rows: Record<string, number>
  /** How many of each kind were not brought back because they had been taken away since. */
  takenAway: Record<string, number>
  keysEnded: boolean
}

/**
 * Brings a back-up into an empty database, or with `replace` into one in use, in one transaction. What was taken away
 * after the back-up stays away, as the database it replaces or the file of revocations tells; all sessions end, and
 * invitations that were open must be sent again.
 */
export async function restore(target: Target, options: RestoreOptions): Promise<RestoreReport> {
  const header = await readBackupHeader(options.file)
  if (!open(options.secret, auditKeyBinding, header.instance.audit_private_key_sealed)) {
    throw new StartError(
      `The secret file ${options.secretFile} is not the one of the instance that made this back-up: put that one there first`,
    )
  }
  const found = await withClient(target.admin, (admin) => look(admin, options))
  if (found.organizations > 0 && !options.replace) {
    throw new StartError(
      `The database holds ${found.organizations} organizations already: give --replace to put the back-up in their place`,
    )
  }
  const fromFile = await readRevocations(options.revocationsFile)
  const nothingKnown = found.organizations === 0 && !existsSync(options.revocationsFile)
  if (nothingKnown && !options.accessAsOfBackup) {
    throw new StartError(
      `Nothing is known of what was revoked since ${header.at}: put the old ${options.revocationsFile} back, or give --access-as-of-backup to restore access as it was then, without API keys`,
    )
  }
  checkVersion(header, found)
  const prepared = await prepareDatabase(target, options.secret, options.secretFile, 'all', upTo(header, found))
  const report = await load(target, prepared, header, options, { fromFile, endKeys: nothingKnown })
  await prepareDatabase(target, options.secret, options.secretFile, 'all')
  return report
}

interface Found {
  organizations: number
  isSetUp: boolean
}

async function look(admin: pg.ClientBase, { secret, secretFile }: RestoreOptions): Promise<Found> {
  const { rows: busy } = await admin.query(serverIsConnected)
  if (busy[0]?.connections > 0)
    throw new StartError('A server is connected to the database: stop it before the restore')
  const instance = await readInstance(admin, secret, secretFile)
  if (!instance) return { organizations: 0, isSetUp: false }
  const { rows } = await admin.query('select count(*)::int as organizations from organization')
  return { organizations: rows[0]?.organizations ?? 0, isSetUp: true }
}

function checkVersion(header: BackupHeader, { isSetUp }: Found): void {
  const known = readMigrations()
  const strange = header.migrations.find((one, index) => known[index]?.hash !== one.hash)
  if (strange)
    throw new StartError(
      `The back-up was made by a newer or another version of Zoneward (it has ${strange.name}): restore it with that one`,
    )
  if (isSetUp && header.migrations.length !== known.length) {
    throw new StartError(
      'The back-up was made by an older version of Zoneward: restore it into an empty database, which is then upgraded',
    )
  }
}

// An older back-up is loaded into the tables of its time, and the migrations since then run over its rows.
function upTo(header: BackupHeader, { isSetUp }: Found): string | undefined {
  return isSetUp ? undefined : header.migrations.at(-1)?.name
}

async function load(
  target: Target,
  { roles }: Prepared,
  header: BackupHeader,
  options: RestoreOptions,
  { fromFile, endKeys }: { fromFile: Revocation[]; endKeys: boolean },
): Promise<RestoreReport> {
  return withClient(target.place.connect(roles.login('owner')), async (client) => {
    await client.query(`begin; set local datestyle = 'ISO'; set local timezone = 'UTC'`)
    const { rows: known } = await client.query<Revocation>(readRevocationsSql)
    await keepCurrentAccess(client)
    await client.query(`truncate ${await everyTable(client)}`)
    const rows = await loadRows(client, options.file)
    await takeInstance(client, header)
    const takenAway = await takeAwayAgain(client, [...fromFile, ...known], endKeys)
    await noteRestore(client, header.at, takenAway)
    await client.query('commit')
    return { at: header.at, rows, takenAway, keysEnded: endKeys }
  })
}

async function everyTable(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
       and relname not in ('instance', 'migration')`,
  )
  return rows.map(({ name }) => pg.escapeIdentifier(name)).join(', ')
}

// The instance stays itself: its id, and the key that signed the exported audit logs. The roles are this cluster's.
async function takeInstance(client: pg.ClientBase, { instance }: BackupHeader): Promise<void> {
  await client.query(
    `update instance set id = $1, created_at = $2, audit_public_key = $3, audit_private_key_sealed = $4, setup_token_hash = null`,
    [instance.id, instance.created_at, instance.audit_public_key, instance.audit_private_key_sealed],
  )
}
