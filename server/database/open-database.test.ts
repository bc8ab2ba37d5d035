import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/database.ts'
import { newId } from '../ids.ts'
import { createLog } from '../log.ts'
import { openDatabase } from './open-database.ts'

let db: TestDatabase
let folder: string
const log = createLog({ level: 'silent' })
const org = newId()

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zoneward-open-'))
  db = await createTestDatabase()
  await db.asSuperuser(`insert into organization (id, name, slug) values ($1, 'A', 'a')`, [org])
})
afterAll(async () => {
  await db.close()
  rmSync(folder, { recursive: true })
})

test('no role is a superuser, bypasses row-level security, or is a member of another', async () => {
  const [row] = await db.asSuperuser('select role_prefix from instance')
  const roles = await db.asSuperuser(
    `select r.rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as above,
      exists (select from pg_auth_members where member = r.oid or roleid = r.oid) as linked
     from pg_roles r where starts_with(r.rolname, $1) order by 1`,
    [row?.['role_prefix']],
  )
  const names = ['dns', 'owner', 'portal', 'staff', 'worker'].map((role) => `${row?.['role_prefix']}_${role}`)
  expect(roles).toEqual(names.map((rolname) => ({ rolname, above: false, linked: false })))
})

test('every table with an organization has forced row-level security', async () => {
  const open = await db.asSuperuser(`select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind in ('r', 'p') and a.attname = 'org_id' and not (c.relrowsecurity and c.relforcerowsecurity)`)
  expect(open).toEqual([])
})

test('the portal has no right at all on what belongs to staff', async () => {
  for (const table of ['member', 'account', 'staff_session', 'instance', 'audit_head'] as const) {
    await expect(db.portal.read(org, (tx) => tx.selectFrom(table).selectAll().execute())).rejects.toMatchObject({
      code: '42501',
    })
  }
})

test('several servers with one secret open one database', async () => {
  const others = await Promise.all([1, 2, 3].map(() => openDatabase(db.config, log)))
  for (const other of others) expect(other.instanceId).toBe(db.instanceId)
  await Promise.all(others.map((other) => other.close()))
})

test('with another secret than its own a database is not opened, and no password is changed', async () => {
  const secretFile = join(folder, 'other-secret')
  await expect(openDatabase({ ...db.config, secretFile }, log)).rejects.toThrow(
    `The secret file ${secretFile} is not the one that this database was made with`,
  )
  await openDatabase(db.config, log).then((again) => again.close())
})

test('a user that may not create roles gets told so in one line, and may after the line was followed', async () => {
  const name = `stranger_${randomBytes(4).toString('hex')}`
  await db.asSuperuser(`create role ${name} login password 'p' nocreaterole`)
  const url = await emptyDatabase(name)
  const config = { ...db.config, databaseUrl: url, secretFile: join(folder, 'stranger-secret') }
  await expect(openDatabase(config, log)).rejects.toThrow(
    `The user of DATABASE_URL may not create roles: alter role "${name}" createrole`,
  )
  await db.asSuperuser(`alter role "${name}" createrole`)
  const [one, two] = await Promise.all([openDatabase(config, log), openDatabase(config, log)])
  expect(one?.instanceId).toBe(two?.instanceId)
  await one.staff.write(org, (tx) => tx.insertInto('organization').values({ id: org, name: 'A', slug: 'a' }).execute())
  await Promise.all([one.close(), two.close()])
})

test('a wrong DATABASE_URL is refused without repeating its password', async () => {
  const databaseUrl = db.environment.DATABASE_URL.replace(/:[^:@]+@/, ':wrong-Password@')
  const error = await openDatabase({ ...db.config, databaseUrl }, log).catch((reason: unknown) => String(reason))
  expect(error).toContain('DATABASE_URL cannot be used: password authentication failed')
  expect(error).not.toContain('wrong-Password')
})

test('synchronous_commit = off is refused', async () => {
  const [row] = await db.asSuperuser('select current_database() as name')
  await db.asSuperuser(`alter database ${row?.['name']} set synchronous_commit = off`)
  await expect(openDatabase(db.config, log)).rejects.toThrow(
    'synchronous_commit = off and would lose acknowledged changes',
  )
  await db.asSuperuser(`alter database ${row?.['name']} reset synchronous_commit`)
})

test('a database that a newer program has upgraded is not opened by this one', async () => {
  await db.asSuperuser(`insert into migration (name, hash) values ('9999-later.sql', '')`)
  await expect(openDatabase(db.config, log)).rejects.toThrow('upgraded by a newer Zoneward (it has 9999-later.sql)')
  await db.asSuperuser(`delete from migration where name = '9999-later.sql'`)
})

test('a task enters the queue in the transaction of the change, and only for its own organization', async () => {
  const add = (payload: object) => (tx: Parameters<Parameters<typeof db.staff.write>[1]>[0]) =>
    sql`select add_task('demo', ${JSON.stringify(payload)}::json)`.execute(tx)
  await db.portal.write(org, add({ orgId: org }))
  await expect(db.portal.write(org, add({ orgId: newId() }))).rejects.toMatchObject({ code: '42501' })
  await expect(db.portal.write(org, add({}))).rejects.toMatchObject({ code: '42501' })
  const direct = db.staff.write(org, (tx) => sql`select graphile_worker.add_job('demo')`.execute(tx))
  await expect(direct).rejects.toMatchObject({ code: '42501' })
  const { rows } = await db.worker.raw.query('select task_identifier from graphile_worker.jobs')
  expect(rows).toEqual([{ task_identifier: 'demo' }])
})

test('a listener hears notices, also after its connection was ended, and is told that it may have missed some', async () => {
  const heard: (string | null)[] = []
  const listening = await db.listen('zone_changed', (payload) => heard.push(payload))
  await db.staff.write(org, (tx) => sql`select pg_notify('zone_changed', 'a')`.execute(tx))
  await until(() => heard.length === 2)
  await db.asSuperuser(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'zoneward listens to zone_changed'`,
  )
  await until(() => heard.length === 3)
  await db.staff.write(org, (tx) => sql`select pg_notify('zone_changed', 'b')`.execute(tx))
  await until(() => heard.length === 4)
  await listening.stop()
  expect(heard).toEqual([null, 'a', null, 'b'])
})

test('connections that are ended from outside cost one failed query each and never the process', async () => {
  await Promise.all(Array.from({ length: 5 }, () => db.staff.read(org, (tx) => sql`select pg_sleep(0.05)`.execute(tx))))
  const busy = db.staff.read(org, (tx) => sql`select pg_sleep(5)`.execute(tx)).catch((error: unknown) => error)
  await sleep(50)
  await db.asSuperuser(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'zoneward staff' and datname = current_database()`,
  )
  expect(await busy).toMatchObject({ code: '57P01' })
  expect(await db.staff.read(org, (tx) => tx.selectFrom('organization').select('slug').execute())).toEqual([
    { slug: 'a' },
  ])
})

async function emptyDatabase(owner: string): Promise<string> {
  const name = `empty_${randomBytes(4).toString('hex')}`
  await db.asSuperuser(`create database ${name} owner ${owner}`)
  const url = new URL(db.environment.DATABASE_URL)
  return `postgres://${owner}:p@localhost:${url.port}/${name}${url.search}`
}

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !holds(); i++) await sleep(25)
  expect(holds()).toBe(true)
}
