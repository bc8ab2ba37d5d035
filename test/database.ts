import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { type Config, readConfig } from '../server/config.ts'
import { type Database, openDatabase } from '../server/database/open-database.ts'
import { createLog } from '../server/log.ts'

/** What global-setup.ts started. */
export interface TestServer {
  superuser: { host: string; port: number; user: string; password: string }
  owner: { user: string; password: string }
  template: string
  secretFile: string
}

export interface TestDatabase extends Database {
  /** Of this database: other processes that get its DATABASE_URL, secret file and data folder work on the same one. */
  config: Config
  environment: Record<
    'DATABASE_URL' | 'ZONEWARD_SECRET_FILE' | 'ZONEWARD_DATA' | 'ZONEWARD_PORT' | 'ZONEWARD_DNS_PORT',
    string
  >
  /** Runs SQL past every wall, to look at what is really there or to break it on purpose. */
  asSuperuser(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>
}

/** A fresh database of its own for one test file, in about 100 ms; close() drops it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('testServer')
  const name = `test_${randomBytes(6).toString('hex')}`
  const owner = pg.escapeIdentifier(server.owner.user)
  await superuserQuery(server, 'postgres', `create database ${name} template ${server.template} owner ${owner}`)
  const dataFolder = mkdtempSync(join(tmpdir(), 'zoneward-data-'))
  const { host, port } = server.superuser
  const environment = {
    DATABASE_URL: `postgres://${server.owner.user}:${server.owner.password}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`,
    ZONEWARD_SECRET_FILE: server.secretFile,
    ZONEWARD_DATA: dataFolder,
    ZONEWARD_PORT: '0',
    ZONEWARD_DNS_PORT: '0',
  }
  const read = readConfig(environment)
  if ('error' in read) throw new Error(read.error)
  const database = await openDatabase(read.config, createLog({ level: 'warn' }))
  return {
    ...database,
    environment,
    config: read.config,
    asSuperuser: (sql, values) => superuserQuery(server, name, sql, values),
    close: async () => {
      await database.close()
      await superuserQuery(server, 'postgres', `drop database ${name} with (force)`)
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

async function superuserQuery(server: TestServer, database: string, sql: string, values: unknown[] = []) {
  const client = new pg.Client({ ...server.superuser, database })
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql, values)
    return rows
  } finally {
    await client.end()
  }
}
