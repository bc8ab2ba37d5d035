import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { StartError } from '../start-error.ts'
import type { RoleNames } from './roles.ts'

/** One plain SQL file of migrations/. */
export interface Migration {
  name: string
  hash: string
  sql: string
}

/** The files of migrations/ in their order. */
export function readMigrations(folder = join(import.meta.dirname, 'migrations')): Migration[] {
  const files = readdirSync(folder).filter((file) => /^\d{4}-[a-z0-9-]+\.sql$/.test(file))
  return files.sort().map((file) => {
    const sql = readFileSync(join(folder, file), 'utf8')
    return { name: file, sql, hash: createHash('sha256').update(sql).digest('hex') }
  })
}

/** What `all` has that the database has not; a database that is ahead, or whose past was rewritten, is an error. */
export async function pendingMigrations(client: pg.ClientBase, all: Migration[]): Promise<Migration[]> {
  const { rows: tables } = await client.query(`select to_regclass('public.migration') is not null as there`)
  if (!tables[0]?.there) return all
  const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from public.migration')
  const done = new Map(rows.map((row) => [row.name, row.hash]))
  const known = new Set(all.map((migration) => migration.name))
  const ahead = rows.find((row) => !known.has(row.name))
  if (ahead) throw new StartError(`The database was upgraded by a newer Zoneward (it has ${ahead.name}): run that one`)
  const changed = all.find(({ name, hash }) => done.has(name) && done.get(name) !== hash)
  if (changed)
    throw new StartError(`The migration ${changed.name} is not the one that this database had: its file was changed`)
  return all.filter(({ name }) => !done.has(name))
}

/** Runs migrations, one transaction each, `client` being the owner and holding the set-up lock. */
export async function migrate(
  client: pg.ClientBase,
  names: RoleNames,
  migrations: Migration[],
  onApplied: (migration: Migration) => Promise<void>,
): Promise<void> {
  await client.query(
    'create table if not exists public.migration (name text primary key, hash text not null, applied_at timestamptz not null default now())',
  )
  for (const migration of migrations) {
    await client.query('begin')
    try {
      await client.query(withNames(migration.sql, names))
      await client.query('insert into public.migration (name, hash) values ($1, $2)', [migration.name, migration.hash])
      await onApplied(migration)
      await client.query('commit')
    } catch (error) {
      await client.query('rollback').catch(() => {})
      const why = error instanceof Error ? error.message : error
      throw new StartError(`The migration ${migration.name} failed and nothing of it was kept: ${why}`, {
        cause: error,
      })
    }
  }
}

/** `:staff` and its like become the quoted names of this instance's roles; a cast (`::text`) is no placeholder. */
function withNames(sql: string, names: RoleNames): string {
  const name = (role: string) => Object.entries(names).find(([key]) => key === role)?.[1] ?? role
  return sql.replace(/(?<![:\w]):(owner|staff|portal|worker|dns)\b/g, (_, role) => pg.escapeIdentifier(name(role)))
}
