import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/database.ts'
import { operate } from '../../test/operate.ts'
import type { Finding } from './doctor.ts'

let db: TestDatabase
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zoneward-doctor-'))
  db = await createTestDatabase()
})
afterAll(async () => {
  await db.close()
  rmSync(folder, { recursive: true })
})

async function problems(environment: Record<string, string> = {}): Promise<{ code: number | null; found: Finding[] }> {
  const { code, output } = await operate({ environment: { ...db.environment, ...environment } }, ['doctor', '--json'])
  const findings: Finding[] = JSON.parse(output)
  return { code, found: findings.filter((finding) => !finding.ok) }
}

test('a sound instance has no problem, and the exit code says so', async () => {
  expect(await problems()).toEqual({ code: 0, found: [] })
  const { output } = await operate(db, ['doctor'])
  expect(output).toContain('ok       row-level security: enabled and forced on every table of an organization')
  expect(output).toMatch(/ok {7}audit log: exports are signed by the key [0-9a-f]{64}/)
})

test('a table without its wall is found, and what the doctor says mends it', async () => {
  await db.asSuperuser('alter table zone no force row level security')
  const { code, found } = await problems()
  expect(code).toBe(1)
  expect(found).toMatchObject([{ name: 'row-level security', text: 'off on zone' }])
  await db.asSuperuser(String(found[0]?.mend))
  expect((await problems()).found).toEqual([])
})

test('a secret file that others can read is found, and so is one of another instance', async () => {
  const file = join(folder, 'secret')
  copyFileSync(db.environment.ZONEWARD_SECRET_FILE, file)
  chmodSync(file, 0o644)
  expect(await problems({ ZONEWARD_SECRET_FILE: file })).toMatchObject({
    code: 1,
    found: [{ name: 'secret file', mend: `chmod 600 ${file}` }],
  })
  writeFileSync(file, Buffer.alloc(32, 7).toString('base64'))
  chmodSync(file, 0o600)
  const { found } = await problems({ ZONEWARD_SECRET_FILE: file })
  expect(found[0]?.text).toContain('is not the one that this database was made with')
})

test('a missing migration is found', async () => {
  const [last] = await db.asSuperuser(
    'delete from migration where name = (select max(name) from migration) returning name, hash',
  )
  expect((await problems()).found).toMatchObject([{ name: 'migrations', text: `${last?.['name']} have not run` }])
  await db.asSuperuser('insert into migration (name, hash) values ($1, $2)', [last?.['name'], last?.['hash']])
})

test('a taken port, a plain http address and a dead mail server are found', async () => {
  const taken = createServer()
  const port = await new Promise<number>((resolve) =>
    taken.listen(0, '127.0.0.1', () => {
      const address = taken.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    }),
  )
  const { found } = await problems({
    ZONEWARD_DNS_PORT: String(port),
    ZONEWARD_URL: 'http://dns.example',
    SMTP_URL: 'smtp://user:hidden@127.0.0.1:1',
  })
  taken.close()
  expect(found.map((finding) => finding.name).sort()).toEqual(['mail', 'ports', 'public address'])
  expect(JSON.stringify(found)).not.toContain('hidden')
})

test.each([
  [['doctor'], { ZONEWARD_PORT: 'x' }, 'zoneward: ZONEWARD_PORT is "x": expected a port from 0 to 65535\n'],
  [
    ['backup', 'f'],
    { ZONEWARD_SECRET_FILE: '/none' },
    'zoneward: The secret file /none is missing: put the copy of it there, or set ZONEWARD_SECRET_FILE\n',
  ],
  [['restore', '/none.gz'], {}, 'zoneward: There is no file /none.gz\n'],
  [['backup'], {}, 'zoneward: backup needs a file: node server/operator/main.ts backup <file>\n'],
])('%j with %j ends with 2 and one line', async (args, environment, error) => {
  const ended = await operate({ environment: { ...db.environment, ...environment } }, args)
  expect(ended).toEqual({ code: 2, output: '', error })
})
