import { isAllowed, visibleScopes } from '@zoneward/permissions'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/database.ts'
import { zoneResource } from '../access/find-resource.ts'
import { loadAccess } from '../access/held-access.ts'
import { listZones } from './list-zones.ts'
import { layDownWorkloadL, type WorkloadL } from './testing/workload-l.ts'
import type { ZoneKey } from './zone-page.ts'

// A small workload L: every paged list, put together, is what asking zone by zone gives.

let database: TestDatabase
let workload: WorkloadL

beforeAll(async () => {
  database = await createTestDatabase()
  const sizes = { zones: 3_000, grants: 113_000, users: 40, teams: 8, customers: 60, providers: 6 }
  workload = await layDownWorkloadL((sql) => database.asSuperuser(sql), sizes)
})
afterAll(() => database.close())

type Who = { id: string; teams: string[] }

async function askerOf({ id, teams }: Who) {
  const { org } = workload
  const held = await database.staff.read(org, (tx) => loadAccess(tx, { orgId: org, subjectIds: [id, ...teams] }))
  const subject = { id, realm: 'staff' as const, teamIds: teams }
  return { held, asker: { subject, now: Date.now(), channel: 'interface' as const } }
}

async function pages(who: Who, limit: number, filters = {}): Promise<string[]> {
  const { held, asker } = await askerOf(who)
  const scopes = visibleScopes(held.index, { ...asker, permission: 'zones.view' })
  const found: string[] = []
  for (let after: ZoneKey | null = null; ; ) {
    const rows = await database.staff.read(workload.org, (tx) =>
      listZones(tx, { orgId: workload.org, holders: [who.id, ...who.teams] }, scopes, filters, { after, limit }),
    )
    found.push(...rows.map((row) => row.id))
    const last = rows.at(-1)
    if (!last || rows.length < limit) return found
    after = { sortKey: last.sort_key, id: last.id }
  }
}

async function bruteForce(who: Who): Promise<string[]> {
  const { held, asker } = await askerOf(who)
  const all = await database.asSuperuser('select id, provider_id, customer_id from zone order by sort_key, id')
  const sees = (row: Record<string, unknown>) =>
    isAllowed(held.index, { ...asker, permission: 'zones.view', resource: zoneResource(workload.org, row as never) })
  return all.filter(sees).map((row) => String(row['id']))
}

test('pages put together are what asking zone by zone gives, for every special subject', async () => {
  for (const id of Object.values(workload.subjects)) {
    const who = { id, teams: [] }
    expect(await pages(who, 97)).toEqual(await bruteForce(who))
  }
})

test('so are those of users who hold grants of every kind, by themselves and through teams', async () => {
  const users = await database.asSuperuser(
    'select user_id, array_agg(team_id) as teams from team_member group by 1 limit 10',
  )
  for (const row of users) {
    const who = { id: String(row['user_id']), teams: row['teams'] as string[] }
    const found = await pages(who, 50)
    expect(found).toEqual(await bruteForce(who))
    expect(found.length).toBeGreaterThan(100)
  }
})

test('what is looked for in names, at a provider or at a customer narrows the list and nothing else', async () => {
  const who = { id: workload.subjects.administrator, teams: [] }
  const all = await database.asSuperuser('select id, name, provider_id, customer_id from zone order by sort_key, id')
  const [first] = all
  const matching = (test: (row: Record<string, unknown>) => boolean) => all.filter(test).map((row) => row['id'])
  const [provider_id, customer_id] = [String(first?.['provider_id']), String(first?.['customer_id'])]
  expect(await pages(who, 40, { q: 'AB1' })).toEqual(matching((row) => String(row['name']).includes('ab1')))
  expect(await pages(who, 40, { provider_id })).toEqual(matching((row) => row['provider_id'] === provider_id))
  expect(await pages(who, 40, { customer_id })).toEqual(matching((row) => row['customer_id'] === customer_id))
})
