import { keyFingerprint, verifyAuditFile } from '@zoneward/api/audit-file'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/database.ts'
import { newId } from '../ids.ts'
import { appendEvent, type EventActor } from './append-event.ts'
import { exportAudit } from './export-audit.ts'
import { verifyChain } from './verify-chain.ts'

let db: TestDatabase
const org = newId()
const actor: EventActor = { subjectId: newId(), realm: 'staff', name: 'Ö Member', address: '192.0.2.1', key: null }

beforeAll(async () => {
  db = await createTestDatabase()
  await db.asSuperuser(`insert into organization (id, name, slug) values ($1, 'A', 'a')`, [org])
  const events = Array.from({ length: 40 }, (_, i) =>
    db.staff.write(org, (tx) =>
      appendEvent(tx, actor, 'zone.created', {
        zoneId: newId(),
        facts: { name: `zone-${i}.example`, odd: '\\046 "ü" \u2028' },
      }),
    ),
  )
  await Promise.all(events)
})
afterAll(() => db.close())

test('events appended at the same time make one chain, and the exported file is accepted', async () => {
  const file = await exported()
  const key = await db.staff.kysely.selectFrom('instance').select('audit_public_key').executeTakeFirstOrThrow()
  expect(verifyAuditFile(file, { key: keyFingerprint(key.audit_public_key ?? Buffer.of()) })).toMatchObject({
    ok: true,
    events: 40,
  })
  expect(await verified()).toEqual({ ok: true, events: 40 })
})

test('an event of a transaction that was rolled back was never there', async () => {
  const failed = db.staff.write(org, async (tx) => {
    await appendEvent(tx, actor, 'zone.deleted', {})
    throw new Error('no')
  })
  await expect(failed).rejects.toThrow('no')
  expect(await verified()).toEqual({ ok: true, events: 40 })
})

test('no role of the server may write into the log beside append_audit', async () => {
  for (const pool of [db.staff, db.portal, db.worker, db.dns]) {
    const write = pool.write(org, (tx) => tx.deleteFrom('audit_event').execute())
    await expect(write).rejects.toMatchObject({ code: '42501' })
  }
})

const harm: [string, string, object][] = [
  [
    'a changed event',
    `update audit_event set body = replace(body, 'zone-', 'zome-') where seq = 7`,
    { seq: 7, why: 'The hash does not fit.' },
  ],
  ['a deleted event', 'delete from audit_event where seq = 9', { seq: 9, why: 'The event is missing.' }],
  ['a cut tail', 'delete from audit_event where seq > 30', { seq: 31, why: 'The event is missing.' }],
  [
    'a column that lies',
    `update audit_event set action = 'zone.read' where seq = 3`,
    { seq: 3, why: 'A column says something else than the event.' },
  ],
  [
    'a moved head',
    `update audit_head set hash = decode(repeat('11', 32), 'hex')`,
    { seq: 40, why: 'The head of the chain does not fit.' },
  ],
]
test.each(harm)('%s is found where the log lies', async (_, sql, verdict) => {
  await db.asSuperuser('create table kept_event as table audit_event; create table kept_head as table audit_head')
  await db.asSuperuser(sql)
  expect(await verified()).toEqual({ ok: false, ...verdict })
  await db.asSuperuser(`delete from audit_event; insert into audit_event table kept_event; delete from audit_head; insert into audit_head table kept_head;
    drop table kept_event, kept_head`)
  expect(await verified()).toEqual({ ok: true, events: 40 })
})

function verified() {
  return db.staff.read(org, verifyChain)
}

function exported(): Promise<string> {
  return db.staff.read(org, async (tx) => {
    let text = ''
    for await (const part of exportAudit(tx, db.secret, org)) text += part
    return text
  })
}
