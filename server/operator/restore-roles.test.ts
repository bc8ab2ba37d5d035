import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/database.ts'
import { operate } from '../../test/operate.ts'
import { newId } from '../ids.ts'
import { revocationsFile } from './revocations.ts'

const [org, team, narrowed, deleted, same, later, customer] = Array.from({ length: 7 }, () => newId())
const [byNarrowed, byDeleted, bySame] = Array.from({ length: 3 }, () => newId())
const wide = JSON.stringify({ permissions: ['zones.view', 'records.write'], roles: ['msp.viewer', 'msp.developer'] })
const low = JSON.stringify({ permissions: ['zones.view'], roles: ['msp.viewer'] })

let db: TestDatabase
let folder: string
let file: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zoneward-roles-'))
  file = join(folder, 'backup.gz')
  db = await createTestDatabase()
  const role = (id: string | undefined, name: string) =>
    `('${org}', '${id}', 'msp.developer', '${name}', '["records.view", "records.write"]')`
  await db.asSuperuser(`
    insert into organization (id, name, slug, role_set) values ('${org}', 'Harbour', 'harbour', 'hosting');
    insert into subject (org_id, id, kind, realm) values ('${org}', '${team}', 'team', 'staff');
    insert into team (org_id, id, name, realm) values ('${org}', '${team}', 'Desk', 'staff');
    insert into customer (org_id, id, name, ceiling) values ('${org}', '${customer}', 'Bakery', '${wide}');
    insert into custom_role (org_id, id, based_on, name, permissions)
      values ${role(narrowed, 'Baker')}, ${role(deleted, 'Miller')}, ${role(same, 'Farmer')};
    insert into access_grant (org_id, id, subject_id, role_id, customer_id) values
      ('${org}', '${byNarrowed}', '${team}', 'custom.${narrowed}', '${customer}'),
      ('${org}', '${byDeleted}', '${team}', 'custom.${deleted}', '${customer}'),
      ('${org}', '${bySame}', '${team}', 'custom.${same}', '${customer}')`)
  expect(await operate(db, ['backup', file])).toMatchObject({ code: 0 })
  await db.asSuperuser(`
    update custom_role set permissions = '["records.view"]' where id = '${narrowed}';
    update custom_role set permissions = '["records.view", "records.write", "zones.view"]', name = 'Grower' where id = '${same}';
    delete from access_grant where id = '${byDeleted}';
    delete from custom_role where id = '${deleted}';
    insert into custom_role (org_id, id, based_on, name, permissions) values ('${org}', '${later}', 'msp.developer', 'Farmer', '["records.view"]');
    update access_grant set role_id = 'custom.${later}' where id = '${bySame}';
    update customer set ceiling = '${low}', notes = 'lowered' where id = '${customer}';
    update organization set role_set = 'msp'`)
})
afterAll(async () => {
  await db.close()
  rmSync(folder, { recursive: true })
})

const grants = (from: TestDatabase) => from.asSuperuser('select id, role_id from access_grant order by id')
const roles = (from: TestDatabase) => from.asSuperuser('select id, permissions from custom_role order by id')

test('a role that gave less later, or was deleted, and a lowered ceiling are noted, a wider role is not', async () => {
  const noted = await db.asSuperuser(`select kind, id from revocation where kind <> 'grant' order by kind, id`)
  const expected = [
    { kind: 'custom_role', id: narrowed },
    { kind: 'custom_role', id: deleted },
    { kind: 'customer_ceiling', id: customer },
  ]
  expect(noted).toEqual(expected)
})

test('where only the list of what was taken away is left, such a role goes with its grants, and the customer’s clients hold nothing', async () => {
  const target = await createTestDatabase()
  const noted = await db.asSuperuser('select org_id, kind, id, at from revocation')
  writeFileSync(revocationsFile(target.config.dataFolder), noted.map((line) => `${JSON.stringify(line)}\n`).join(''))
  expect(await operate(target, ['restore', file])).toMatchObject({ code: 0 })
  // The third grant was given another role since, so nobody can tell what of it is left.
  expect(await grants(target)).toEqual([])
  expect(await roles(target)).toEqual([{ id: same, permissions: ['records.view', 'records.write'] }])
  expect(await target.asSuperuser('select ceiling from customer')).toEqual([
    { ceiling: { permissions: [], roles: [] } },
  ])
  await target.close()
})

test('put in place of the database in use, roles, grants and ceilings are as they are there', async () => {
  expect(await operate(db, ['restore', file, '--replace'])).toMatchObject({ code: 0 })
  expect(await roles(db)).toEqual([
    { id: narrowed, permissions: ['records.view'] },
    { id: same, permissions: ['records.view', 'records.write', 'zones.view'] },
    { id: later, permissions: ['records.view'] },
  ])
  expect(await grants(db)).toEqual([
    { id: byNarrowed, role_id: `custom.${narrowed}` },
    { id: bySame, role_id: `custom.${later}` },
  ])
  const [taken] = await db.asSuperuser(`select name from custom_role where id = '${later}'`)
  expect(taken).toEqual({ name: `Farmer ${later?.slice(-12)}` })
  expect(await db.asSuperuser('select ceiling, notes from customer')).toEqual([{ ceiling: JSON.parse(low), notes: '' }])
  expect(await db.asSuperuser('select role_set from organization')).toEqual([{ role_set: 'msp' }])
})
