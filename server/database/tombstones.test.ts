import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/database.ts'

const org = '01900000-0000-7000-8000-000000000001'
const team = '01900000-0000-7000-8000-000000000002'
const grant = '01900000-0000-7000-8000-000000000003'

let db: TestDatabase

beforeAll(async () => {
  db = await createTestDatabase()
  await db.asSuperuser(`insert into organization (id, name, slug) values ('${org}', 'Harbour', 'harbour');
    insert into subject (org_id, id, kind, realm) values ('${org}', '${team}', 'team', 'staff');
    insert into access_grant (org_id, id, subject_id, role_id) values ('${org}', '${grant}', '${team}', 'msp.admin')`)
})
afterAll(() => db?.close())

const tombstones = () => db.asSuperuser('select kind, id from revocation')

test('a grant that is written again as it was leaves no tombstone', async () => {
  await db.asSuperuser(`update access_grant set role_id = role_id, ends_at = ends_at, reason = 'the same'`)
  expect(await tombstones()).toEqual([])
})

test('a grant with another role leaves one', async () => {
  await db.asSuperuser(`update access_grant set role_id = 'msp.member'`)
  expect(await tombstones()).toEqual([{ kind: 'grant', id: grant }])
})

test('a whole organization goes with its tombstones', async () => {
  await db.asSuperuser(`delete from organization where id = '${org}'`)
  expect(await tombstones()).toEqual([])
})
