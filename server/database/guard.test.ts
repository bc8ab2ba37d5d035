import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/database.ts'
import { newId } from '../ids.ts'
import { changeOfAccess, guardedWrite, isBusy } from './guard.ts'
import type { Tx } from './pools.ts'

let db: TestDatabase
const org = newId()
const other = newId()

beforeAll(async () => {
  db = await createTestDatabase()
  await db.asSuperuser(`insert into organization (id, name, slug) values ($1, 'A', 'a'), ($2, 'B', 'b')`, [org, other])
})
afterAll(() => db.close())

test('a transaction sees its own organization only, and its setting ends with it', async () => {
  const seen = await db.staff.read(org, (tx) => tx.selectFrom('organization').select('slug').execute())
  expect(seen).toEqual([{ slug: 'a' }])
  expect(await db.staff.kysely.selectFrom('organization').select('slug').execute()).toEqual([])
})

test('a reading transaction cannot write', async () => {
  const write = db.staff.read(org, (tx) => tx.updateTable('organization').set({ name: 'X' }).execute())
  await expect(write).rejects.toMatchObject({ code: '25006' })
})

test('what is no UUID never comes into the SQL of an opening', async () => {
  await expect(db.staff.read(`${org}', true); --`, async () => 1)).rejects.toThrow('is not a UUID')
})

test('an error rolls everything back, and the connection is used again', async () => {
  const failed = db.staff.write(org, async (tx) => {
    await tx.updateTable('organization').set({ name: 'X' }).execute()
    throw new Error('changed my mind')
  })
  await expect(failed).rejects.toThrow('changed my mind')
  expect(await nameOf(org)).toBe('A')
})

test('a swallowed failure of a statement is not taken for a commit', async () => {
  const swallowed = db.staff.write(org, async (tx) => {
    await tx
      .insertInto('organization')
      .values({ id: org, name: 'again', slug: 'again' })
      .execute()
      .catch(() => {})
  })
  await expect(swallowed).rejects.toThrow('rolled back')
})

test('a guarded write decides again only when the access revision moved', async () => {
  const asked: string[] = []
  const write = (seenRevision: string) =>
    guardedWrite(
      db.staff,
      { scope: org, seenRevision },
      async (_, revision) => void asked.push(revision),
      async () => 'done',
    )
  const before = await revisionOf(org)
  expect(await write(before)).toBe('done')
  expect(asked).toEqual([])
  await changeOfAccess(db.staff, org, async () => {})
  expect(await write(before)).toBe('done')
  expect(asked).toEqual([String(Number(before) + 1)])
})

test('a guarded write that waited for a change of access sees the revision after it', async () => {
  const seenRevision = await revisionOf(org)
  const { promise: hold, resolve: release } = Promise.withResolvers<void>()
  const { promise: inside, resolve: entered } = Promise.withResolvers<void>()
  const change = changeOfAccess(db.staff, org, async () => {
    entered()
    await hold
  })
  await inside
  const asked: string[] = []
  const write = guardedWrite(
    db.staff,
    { scope: org, seenRevision },
    async (_, revision) => void asked.push(revision),
    async () => {},
  )
  await new Promise((resolve) => setTimeout(resolve, 100))
  release()
  await Promise.all([change, write])
  expect(asked).toEqual([String(Number(seenRevision) + 1)])
})

test('a guarded write that is refused again writes nothing', async () => {
  const refused = guardedWrite(
    db.staff,
    { scope: org, seenRevision: '0' },
    async () => {
      throw new Error('no longer')
    },
    (tx) => tx.updateTable('organization').set({ name: 'X' }).execute(),
  )
  await expect(refused).rejects.toThrow('no longer')
  expect(await nameOf(org)).toBe('A')
})

test('a change of access waits for guarded writes of its organization and for no others', async () => {
  const order: string[] = []
  const { promise: hold, resolve: release } = Promise.withResolvers<void>()
  const { promise: inside, resolve: entered } = Promise.withResolvers<void>()
  const write = guardedWrite(
    db.staff,
    { scope: org, seenRevision: await revisionOf(org) },
    async () => {},
    async () => {
      entered()
      await hold
      order.push('write')
    },
  )
  await inside
  const change = changeOfAccess(db.staff, org, async () => void order.push('change'))
  await changeOfAccess(db.staff, other, async () => void order.push('elsewhere'))
  release()
  await Promise.all([write, change])
  expect(order).toEqual(['elsewhere', 'write', 'change'])
})

test('a guarded write that takes too long is ended, and says that it was busy', async () => {
  const long = guardedWrite(
    db.staff,
    { scope: org, seenRevision: await revisionOf(org) },
    async () => {},
    async (tx) => {
      await tx.updateTable('organization').set({ name: 'X' }).execute()
      await new Promise((resolve) => setTimeout(resolve, 2_500))
      await tx.selectFrom('organization').select('id').execute()
    },
  )
  const error = await long.catch((reason: unknown) => reason)
  expect(isBusy(error), String(error)).toBe(true)
  expect(await nameOf(org)).toBe('A')
})

test('1,000 racing writes: none commits on a revision that is older than a revocation committed before it', async () => {
  await db.asSuperuser(
    `create table trial (org_id uuid, decided bigint, at_commit bigint); grant all on trial to public`,
  )
  const revoke = async () => {
    for (let i = 0; i < 50; i++) await changeOfAccess(db.staff, org, async () => {})
  }
  const write = async () => {
    for (let i = 0; i < 125; i++) {
      let decided = await revisionOf(org)
      await guardedWrite(
        db.staff,
        { scope: org, seenRevision: decided },
        async (_, revision) => {
          decided = revision
        },
        (tx) => insertTrial(tx, decided),
      )
    }
  }
  await Promise.all([revoke(), ...Array.from({ length: 8 }, write)])
  const [row] = await db.asSuperuser(
    'select count(*)::int as all, count(*) filter (where decided <> at_commit)::int as late from trial',
  )
  expect(row).toEqual({ all: 1000, late: 0 })
})

async function insertTrial(tx: Tx, decided: string): Promise<void> {
  await sql`insert into trial select ${org}::uuid, ${decided}::bigint, access_revision from organization where id = ${org}::uuid`.execute(
    tx,
  )
}

async function revisionOf(id: string): Promise<string> {
  const row = await db.staff.read(id, (tx) =>
    tx.selectFrom('organization').select('access_revision').executeTakeFirstOrThrow(),
  )
  return row.access_revision
}

async function nameOf(id: string): Promise<string> {
  const row = await db.staff.read(id, (tx) => tx.selectFrom('organization').select('name').executeTakeFirstOrThrow())
  return row.name
}
