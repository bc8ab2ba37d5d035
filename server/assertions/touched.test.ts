import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/database.ts'
import { parseTouched } from './read-touched.ts'

const [org, customer, provider, zone, team, user, role, grant, assertion] = Array.from(
  { length: 9 },
  (_, place) => `01900000-0000-7000-8000-00000000000${place + 1}`,
)

let db: TestDatabase

beforeAll(async () => {
  db = await createTestDatabase()
  await db.asSuperuser(`
    insert into organization (id, name, slug) values ('${org}', 'Harbour', 'harbour');
    insert into customer (org_id, id, name) values ('${org}', '${customer}', 'Bakery');
    insert into provider (org_id, id, name) values ('${org}', '${provider}', 'Own');
    insert into subject (org_id, id, kind, realm) values ('${org}', '${team}', 'team', 'staff'), ('${org}', '${user}', 'member', 'staff');
    insert into team (org_id, id, name, realm) values ('${org}', '${team}', 'Desk', 'staff');
    insert into custom_role (org_id, id, based_on, name, permissions) values ('${org}', '${role}', 'msp.viewer', 'Own', '[]');
    insert into zone (org_id, id, provider_id, customer_id, name, name_key, sort_key, serial, served)
      values ('${org}', '${zone}', '${provider}', '${customer}', 'a.example.', 'a.example.', '', 1, false);
    insert into team_member (org_id, team_id, user_id) values ('${org}', '${team}', '${user}');
    insert into access_grant (org_id, id, subject_id, role_id, zone_id) values ('${org}', '${grant}', '${team}', 'custom.${role}', '${zone}');
    insert into assertion (org_id, id, sentence, rule) values ('${org}', '${assertion}', 'Nobody "ever".',
      '{"who": {"kind": "subject", "subject_id": "${user}"}, "at": {"kind": "organization", "id": "${org}"}}')`)
})
afterAll(() => db?.close())

async function touchedBy(...statements: string[]) {
  const client = await db.staff.raw.connect()
  try {
    await client.query(`begin; select set_config('app.org', '${org}', true)`)
    for (const statement of statements) await client.query(statement)
    const { rows } = await client.query<{ touched: string | null }>(`select touched() as touched`)
    return parseTouched(rows[0]?.touched ?? '')
  } finally {
    await client.query('rollback')
    client.release()
  }
}

test('a transaction that touches no access notes nothing', async () => {
  const touched = await touchedBy(
    `update zone set serial = serial + 1, customer_id = customer_id`,
    `update customer set name = 'Bakers'`,
    `update organization set name = 'Harbour & Pine', access_revision = 7`,
  )
  expect(touched).toEqual(parseTouched(''))
})

test('grants, memberships, roles, ceilings and moves are noted, with where a thing hung before', async () => {
  const touched = await touchedBy(
    `update access_grant set ends_at = now() + interval '1 day'`,
    `delete from team_member`,
    `update custom_role set permissions = '["zones.view"]'`,
    `update customer set ceiling = '{"permissions": []}'`,
    `update zone set customer_id = null`,
    `update organization set role_set = 'hosting'`,
  )
  expect(touched).toEqual({
    ...parseTouched(''),
    grants: [{ sign: '~', id: grant, subjectId: team, scope: { kind: 'zone', id: zone } }],
    memberships: [{ sign: '-', teamId: team, userId: user }],
    rolesChanged: [role],
    ceilings: [customer],
    roleSet: true,
    zones: [
      {
        sign: '~',
        id: zone,
        before: [
          { kind: 'provider', id: provider },
          { kind: 'customer', id: customer },
        ],
      },
    ],
  })
})

test('what goes by cascade is noted, and an assertion about somebody goes with them', async () => {
  const touched = await touchedBy(`delete from subject where kind = 'member'`, `delete from zone`)
  expect(touched.memberships).toEqual([{ sign: '-', teamId: team, userId: user }])
  expect(touched.grants.map(({ sign, id }) => [sign, id])).toEqual([['-', grant]])
  expect(touched.zones.map(({ sign }) => sign)).toEqual(['-'])
  expect(touched.ended).toEqual([{ id: assertion, sentence: 'Nobody "ever".' }])
})

test('what a rolled back savepoint had touched is no longer noted, and what a kept one had is', async () => {
  const touched = await touchedBy(
    'savepoint one',
    'delete from team_member',
    'rollback to savepoint one',
    'savepoint two',
    'delete from access_grant',
    'release savepoint two',
  )
  expect(touched.memberships).toEqual([])
  expect(touched.grants).toHaveLength(1)
})

test('more than can be listed is noted as everything', async () => {
  const many = `insert into zone (org_id, id, provider_id, name, name_key, sort_key, serial, served)
    select '${org}', gen_random_uuid(), '${provider}', i || '.example.', i || '.example.', '', 1, false from generate_series(1, 300) as i`
  const full = `select set_config('app.touched', '200', true), set_config('app.touched_200', repeat('x', 7000), true)`
  expect((await touchedBy(many)).zones).toHaveLength(300)
  expect((await touchedBy(full, many)).everything).toBe(true)
})
