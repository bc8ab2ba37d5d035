import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { operate } from '../../test/operate.ts'
import { type Config, readConfig } from '../config.ts'
import { openDatabase } from '../database/open-database.ts'
import { newId } from '../ids.ts'
import { createLog } from '../log.ts'

let folder: string
const log = createLog({ level: 'silent' })
const org = newId()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zoneward-embedded-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('with the embedded PostgreSQL a copy is taken while the server runs and restored into an empty data folder', async () => {
  const from = environmentOf('from')
  const server = await openDatabase(configOf(from), log)
  await server.staff.write(org, (tx) =>
    tx.insertInto('organization').values({ id: org, name: 'A', slug: 'a' }).execute(),
  )
  const file = join(folder, 'copy.gz')
  expect(await operate({ environment: from }, ['backup', file])).toMatchObject({ code: 0, error: '' })
  expect(await operate({ environment: from }, ['restore', file, '--replace'])).toMatchObject({
    code: 2,
    error: 'zoneward: A server is connected to the database: stop it before the restore\n',
  })
  await server.close()

  const to = environmentOf('to')
  mkdirSync(to.ZONEWARD_DATA)
  expect(await operate({ environment: to }, ['restore', file])).toMatchObject({
    code: 2,
    error: expect.stringContaining('put the copy of it there'),
  })
  copyFileSync(join(from.ZONEWARD_DATA, 'secret'), join(to.ZONEWARD_DATA, 'secret'))
  expect(await operate({ environment: to }, ['restore', file, '--access-as-of-backup'])).toMatchObject({
    code: 0,
    error: '',
  })
  const restored = await openDatabase(configOf(to), log)
  const organizations = await restored.staff.read(org, (tx) =>
    tx.selectFrom('organization').select(['name', 'slug']).execute(),
  )
  expect(organizations).toEqual([{ name: 'A', slug: 'a' }])
  expect(restored.instanceId).toBe(server.instanceId)
  await restored.close()
})

function environmentOf(name: string) {
  return {
    ZONEWARD_DATA: join(folder, name),
    ZONEWARD_PORT: '0',
    ZONEWARD_DNS_PORT: '0',
    DATABASE_URL: '',
    ZONEWARD_SECRET_FILE: '',
  }
}

function configOf(environment: Record<string, string>): Config {
  const read = readConfig(environment)
  if ('error' in read) throw new Error(read.error)
  return read.config
}
