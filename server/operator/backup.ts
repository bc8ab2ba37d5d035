import pg from 'pg'
import { readInstance } from '../database/instance.ts'
import { roleLogin } from '../database/roles.ts'
import type { Target } from '../database/target.ts'
import { withClient } from '../database/with-client.ts'
import type { Secret } from '../secrets.ts'
import { StartError } from '../start-error.ts'
import { type BackupHeader, type BackupLine, type BackupRow, writeBackupFile } from './backup-file.ts'
import { type StoredTable, tablesInOrder } from './table-order.ts'

export interface BackupReport {
  file: string
  at: string
  rows: Record<string, number>
}

const rowsAtOnce = 2_000

/** Writes everything as it was at one moment into one file, while the servers go on working. */
export async function backUp(target: Target, secret: Secret, secretFile: string, file: string): Promise<BackupReport> {
  const instance = await withClient(target.admin, (admin) => readInstance(admin, secret, secretFile))
  if (!instance) throw new StartError('There is nothing to back up: the database is empty')
  const owner = target.owner ?? roleLogin(secret, `${instance.rolePrefix}_owner`)
  const report: BackupReport = { file, at: '', rows: {} }
  await withClient(target.place.connect(owner), async (client) => {
    // Read-only and on one snapshot; values are printed alike whatever the server's own settings are.
    await client.query(`begin isolation level repeatable read read only;
      set local datestyle = 'ISO'; set local timezone = 'UTC'; set local intervalstyle = 'postgres'; set local bytea_output = 'hex';
      set local extra_float_digits = 1`)
    await writeBackupFile(file, linesOf(client, report))
    await client.query('commit')
  })
  return report
}

async function* linesOf(client: pg.ClientBase, report: BackupReport): AsyncGenerator<BackupLine> {
  const header = await headerOf(client)
  report.at = header.at
  yield header
  for (const table of await tablesInOrder(client)) {
    yield { table: table.name, columns: table.columns.map((column) => column.name) }
    let count = 0
    for await (const row of rowsOf(client, table)) {
      count++
      yield row
    }
    report.rows[table.name] = count
  }
  yield { end: true, rows: report.rows }
}

async function headerOf(client: pg.ClientBase): Promise<BackupHeader> {
  const { rows } = await client.query(
    `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, id::text, created_at::text,
       audit_public_key::text, audit_private_key_sealed from instance`,
  )
  const { at, ...instance } = rows[0]
  const { rows: migrations } = await client.query('select name, hash from migration order by name')
  return { zoneward: 'backup', version: 1, at, instance, migrations }
}

async function* rowsOf(client: pg.ClientBase, { name, columns }: StoredTable): AsyncGenerator<BackupRow> {
  const values = columns.map((column) => `${pg.escapeIdentifier(column.name)}::text`).join(', ')
  await client.query(`declare backup_rows no scroll cursor for select ${values} from ${pg.escapeIdentifier(name)}`)
  for (;;) {
    const { rows } = await client.query<BackupRow>({ text: `fetch ${rowsAtOnce} from backup_rows`, rowMode: 'array' })
    yield* rows
    if (rows.length < rowsAtOnce) break
  }
  await client.query('close backup_rows')
}
