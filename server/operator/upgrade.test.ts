import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/database.ts'
import { operate } from '../../test/operate.ts'
import { readMigrations } from '../database/migrate.ts'
import { openDatabase, openTarget } from '../database/open-database.ts'
import { prepareDatabase } from '../database/prepare-database.ts'
import { createLog } from '../log.ts'
import { loadSecret } from '../secrets.ts'

let db: TestDatabase
let folder: string
const log = createLog({ level: 'silent' })
const name = `older_${randomBytes(4).toString('hex')}`

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zoneward-upgrade-'))
  db = await createTestDatabase()
  await db.asSuperuser(`create role ${name} login createrole password 'p'`)
  await db.asSuperuser(`create database ${name} owner ${name}`)
})
afterAll(async () => {
  await db.asSuperuser(`drop database ${name} with (force)`)
  await db.close()
  rmSync(folder, { recursive: true })
})

test('a database of an older version is not opened; upgrade shows the migrations that it lacks, and runs them when told', async () => {
  const url = new URL(db.environment.DATABASE_URL)
  const environment = {
    ...db.environment,
    DATABASE_URL: `postgres://${name}:p@localhost:${url.port}/${name}${url.search}`,
    ZONEWARD_SECRET_FILE: join(folder, 'secret'),
  }
  const config = { ...db.config, databaseUrl: environment.DATABASE_URL, secretFile: environment.ZONEWARD_SECRET_FILE }
  const loaded = loadSecret(config.secretFile)
  if ('error' in loaded) throw new Error(loaded.error)
  await prepareDatabase(await openTarget(config, log), loaded.secret, config.secretFile, 'all', '0001-foundation.sql')

  const missing = readMigrations()
    .slice(1)
    .map((migration) => migration.name)
  await expect(openDatabase(config, log)).rejects.toThrow(
    `The database is older than this program and needs ${missing.join(', ')}`,
  )
  const shown = await operate({ environment }, ['upgrade'])
  for (const migration of readMigrations().slice(1)) expect(shown.output).toContain(migration.sql.trim())
  await expect(openDatabase(config, log)).rejects.toThrow('is older than this program')
  const ran = await operate({ environment }, ['upgrade', '--yes', '--json'])
  expect(JSON.parse(ran.output)).toEqual({ pending: missing, ran: true })
  await openDatabase(config, log).then((opened) => opened.close())
  expect((await operate({ environment }, ['upgrade'])).output).toBe(
    'Nothing to do: the database has every migration.\n',
  )
})
