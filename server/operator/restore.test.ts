import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/database.ts'
import { operate } from '../../test/operate.ts'
import { appendEvent } from '../audit/append-event.ts'
import { verifyChain } from '../audit/verify-chain.ts'
import { newId } from '../ids.ts'
import { createLog } from '../log.ts'
import { keepRevocations, revocationsFile } from './revocations.ts'

const org = newId()
const other = newId()
const [ana, ben, kim, team, customer, provider, zone, portal] = Array.from({ length: 8 }, () => newId())
const [kept, revoked, narrowed, key, endedKey, invitation] = Array.from({ length: 6 }, () => newId())
const oddText = 'tab\there, "quote", back\\slash, \\N, line\nfeed, ü, \u2028'

let source: TestDatabase
let folder: string
let file: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zoneward-operator-'))
  file = join(folder, 'backup.gz')
  source = await createTestDatabase()
  await fill(source)
  expect(await operate(source, ['backup', file])).toMatchObject({ code: 0 })
})
afterAll(async () => {
  await source.close()
  rmSync(folder, { recursive: true })
})

test('a back-up is a file for its owner only, and holds no session', () => {
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const lines = gunzipSync(readFileSync(file)).toString().split('\n')
  expect(lines.filter((line) => line.includes('_session'))).toEqual([])
})

test('an empty database gets every row back as it was, and each chain of audit goes on', async () => {
  const target = await createTestDatabase()
  expect(await operate(target, ['restore', file, '--access-as-of-backup'])).toMatchObject({ code: 0 })
  for (const table of [
    'account',
    'customer',
    'provider',
    'zone',
    'record',
    'subject',
    'member',
    'client_user',
    'change',
  ] as const) {
    const all = `select to_jsonb(t) as row from ${table} t order by 1`
    expect(await target.asSuperuser(all), table).toEqual(await source.asSuperuser(all))
  }
  expect(await target.staff.read(org, verifyChain)).toEqual({ ok: true, events: 4 })
  expect(await target.asSuperuser('select id from instance')).toEqual(
    await source.asSuperuser('select id from instance'),
  )
  expect(await target.asSuperuser('select 1 from client_session')).toEqual([])
  expect(await target.asSuperuser('select 1 from api_key where expires_at > now() or expires_at is null')).toEqual([])
  expect(await target.asSuperuser('select 1 from invitation where accepted_at is null and revoked_at is null')).toEqual(
    [],
  )
  expect(await target.asSuperuser('select access_revision > 1000000 as moved from organization')).toEqual([
    { moved: true },
    { moved: true },
  ])
  await target.close()
})

test('without a word about what was revoked since, a restore is refused in one line', async () => {
  const target = await createTestDatabase()
  const { code, error } = await operate(target, ['restore', file])
  expect(code).toBe(2)
  expect(error).toMatch(
    /^zoneward: Nothing is known of what was revoked since .*: put the old .*revocations.ndjson back, or give --access-as-of-backup/,
  )
  await target.close()
})

test('what the file of revocations tells stays revoked in an empty database', async () => {
  const target = await createTestDatabase()
  const lines = [
    { org_id: org, kind: 'grant', id: revoked },
    { org_id: org, kind: 'api_key', id: endedKey },
    { org_id: org, kind: 'client_user', id: kim },
  ]
  const text = lines.map((line) => `${JSON.stringify({ ...line, at: new Date().toISOString() })}\n`).join('')
  writeFileSync(revocationsFile(target.config.dataFolder), `${text}{"org_id":"cut`)
  expect(await operate(target, ['restore', file])).toMatchObject({ code: 0 })
  // The other grant was Kim's, who is gone.
  expect(await idsOf(target, 'access_grant')).toEqual([kept])
  expect(await idsOf(target, 'api_key')).toEqual([key])
  expect(await idsOf(target, 'client_user')).toEqual([])
  await target.close()
})

test('put in place of a database in use, nothing comes back that was taken away or narrowed there since', async () => {
  const live = await createTestDatabase()
  await fill(live)
  const copy = join(folder, 'live.gz')
  expect(await operate(live, ['backup', copy])).toMatchObject({ code: 0 })
  await live.asSuperuser(`delete from access_grant where id = '${revoked}';
    delete from api_key where id = '${endedKey}';
    delete from subject where id = '${ben}';
    delete from team_member where user_id = '${kim}';
    insert into revocation (org_id, kind, id) values ('${org}', 'team_member', '${team} ${ana}');
    update access_grant set role_id = 'viewer', ends_at = '2030-01-01' where id = '${narrowed}';
    update organization set access_revision = 77 where id = '${org}';
    delete from record`)
  expect(await operate(live, ['restore', copy])).toMatchObject({
    code: 2,
    error: expect.stringContaining('give --replace'),
  })
  expect(await operate(live, ['restore', copy, '--replace'])).toMatchObject({ code: 0 })
  expect(await idsOf(live, 'record')).toHaveLength(3000)
  expect(await idsOf(live, 'access_grant')).toEqual([kept, narrowed])
  expect(
    await live.asSuperuser(`select role_id, ends_at is not null as ends from access_grant where id = '${narrowed}'`),
  ).toEqual([{ role_id: 'viewer', ends: true }])
  expect(await idsOf(live, 'api_key')).toEqual([key])
  expect(await idsOf(live, 'member')).toEqual([ana])
  // Ana was taken out of the team once and is in it again.
  expect(await live.asSuperuser('select user_id as id from team_member')).toEqual([{ id: ana }])
  expect(
    await live.asSuperuser(`select access_revision::int as revision from organization where id = '${org}'`),
  ).toEqual([{ revision: 1_000_077 }])
  // The restore itself takes nothing more away: the next one, with what the log of revocations tells, brings these back.
  const noted = await live.asSuperuser(`select id from revocation where kind = 'grant'`)
  expect(noted.map(({ id }) => id).sort()).toEqual([revoked, narrowed].sort())
  await live.close()
})

test('a damaged back-up changes nothing', async () => {
  const target = await createTestDatabase()
  const whole = gunzipSync(readFileSync(file)).toString()
  const damaged: [string, Buffer, string][] = [
    ['cut', readFileSync(file).subarray(0, -200), 'cannot be read as a back-up'],
    ['without-end', gzipSync(whole.split('\n').slice(0, -2).join('\n')), 'its end is missing'],
    [
      'row-lost',
      gzipSync(whole.replace(/\n\["[^\n]*\](?=\n\{"end")/, '')),
      'is damaged: it should have 3000 rows of record and has 2999',
    ],
    ['other', Buffer.from('hello'), 'cannot be read as a back-up'],
  ]
  for (const [name, bytes, why] of damaged) {
    const path = join(folder, name)
    writeFileSync(path, bytes)
    const { code, error } = await operate(target, ['restore', path, '--access-as-of-backup'])
    expect([name, code, error]).toEqual([name, 2, expect.stringContaining(why)])
    expect(await target.asSuperuser('select 1 from organization')).toEqual([])
  }
  await target.close()
})

test('a restore beside a running server is refused', async () => {
  await source.staff.read(org, (tx) => tx.selectFrom('zone').select('id').execute())
  const { code, error } = await operate(source, ['restore', file, '--replace'])
  expect([code, error]).toEqual([2, 'zoneward: A server is connected to the database: stop it before the restore\n'])
})

test('the running server copies revocations to a file, each once, also over a restart', async () => {
  const log = createLog({ level: 'silent' })
  const path = revocationsFile(source.config.dataFolder)
  await source.asSuperuser(
    `insert into revocation (org_id, kind, id) values ('${org}', 'grant', 'g1'), ('${org}', 'session', 's1')`,
  )
  await keepRevocations(source.owner, source.config.dataFolder, log).stop()
  await source.asSuperuser(`insert into revocation (org_id, kind, id) values ('${org}', 'grant', 'g2')`)
  await keepRevocations(source.owner, source.config.dataFolder, log).stop()
  const ids = readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line).id)
  expect(ids).toEqual(['g1', 'g2'])
})

async function fill(db: TestDatabase): Promise<void> {
  const hash = (text: string) => `sha256('${text}')`
  await db.asSuperuser(`
    insert into organization (id, name, slug) values ('${org}', 'Agency', 'agency'), ('${other}', 'Other', 'other');
    insert into account (id, email, email_key, name, password_hash) values ('${ana}', 'a@x.example', 'a@x.example', 'Ana', 'h'), ('${ben}', 'b@x.example', 'b@x.example', 'Ben', 'h');
    insert into subject (org_id, id, kind, realm) values ('${org}', '${ana}', 'member', 'staff'), ('${org}', '${ben}', 'member', 'staff'), ('${org}', '${kim}', 'client_user', 'client'), ('${org}', '${team}', 'team', 'staff');
    insert into team (org_id, id, name, realm) values ('${org}', '${team}', 'Everybody', 'staff');
    insert into team_member (org_id, team_id, user_id) values ('${org}', '${team}', '${ana}'), ('${org}', '${team}', '${kim}');
    insert into member (org_id, id, account_id) values ('${org}', '${ana}', '${ana}'), ('${org}', '${ben}', '${ben}');
    insert into provider (org_id, id, name) values ('${org}', '${provider}', 'Built in');
    insert into portal (slug, org_id, id, customer_id) values ('agency', '${org}', '${portal}', null);
    insert into client_user (org_id, id, portal_id, email, email_key, name, password_hash) values ('${org}', '${kim}', '${portal}', 'k@x.example', 'k@x.example', 'Kim', 'h');
    insert into client_session (org_id, id, token_hash, client_user_id, expires_at) values ('${org}', gen_random_uuid(), ${hash('s')}, '${kim}', now() + interval '1 day');
    insert into zone (org_id, id, provider_id, name, name_key, sort_key, serial, served) values ('${org}', '${zone}', '${provider}', 'x.example.', 'x.example.', '\\x00ff', 4294967295, true);
    insert into access_grant (org_id, id, subject_id, role_id) values ('${org}', '${kept}', '${ana}', 'owner'), ('${org}', '${revoked}', '${ben}', 'admin'), ('${org}', '${narrowed}', '${kim}', 'editor');
    insert into api_key (org_id, id, owner_id, name, hint, token_hash) values ('${org}', '${key}', '${ana}', 'k', 'k', ${hash('k')}), ('${org}', '${endedKey}', '${ana}', 'l', 'l', ${hash('l')});
    insert into invitation (org_id, id, realm, email, email_key, grants, token_hash, expires_at) values ('${org}', '${invitation}', 'staff', 'i@x.example', 'i@x.example', '[]', ${hash('i')}, now() + interval '1 day');
    insert into record (org_id, id, zone_id, owner, sort_key, type, ttl, rdata, change_id)
      select '${org}', gen_random_uuid(), '${zone}', 'r' || n || '\\046.x.example.', int4send(n), 16, 300, int4send(n), '${zone}' from generate_series(1, 3000) n`)
  await db.asSuperuser('insert into customer (org_id, id, name, notes, ceiling) values ($1, $2, $3, $4, $5)', [
    org,
    customer,
    'Bakery',
    oddText,
    { permissions: ['zones.view'] },
  ])
  const actor = { subjectId: String(ana), realm: 'staff' as const, name: 'Ana', address: '', key: null }
  for (let i = 0; i < 3; i++)
    await db.worker.write(org, (tx) => appendEvent(tx, actor, 'zone.created', { facts: { text: oddText } }))
  await db.asSuperuser(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'zoneward %' and datname = current_database()`,
  )
}

async function idsOf(db: TestDatabase, table: string): Promise<unknown[]> {
  return (await db.asSuperuser(`select id from ${table} order by id`)).map((row) => row['id'])
}
