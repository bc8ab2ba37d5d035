import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendEvent, type EventActor } from '../audit/append-event.ts'
import { verifyChain } from '../audit/verify-chain.ts'
import { type Config, readConfig } from '../config.ts'
import { newId } from '../ids.ts'
import { createLog } from '../log.ts'
import { type Database, openDatabase } from './open-database.ts'

const kills = process.env['ZONEWARD_LONG'] ? 200 : 6
const org = newId()
const actor: EventActor = { subjectId: newId(), realm: 'staff', name: 'Ana', address: '192.0.2.1', key: null }

let folder: string
let db: Database

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zoneward-crash-'))
  db = await openDatabase(configOf(folder), createLog({ level: 'silent' }))
  await db.staff.write(org, (tx) => tx.insertInto('organization').values({ id: org, name: 'A', slug: 'a' }).execute())
})
afterAll(async () => {
  await db.close()
  rmSync(folder, { recursive: true })
})

test(
  `${kills} kills of PostgreSQL under eight writers: nothing acknowledged is lost, no change is without its event`,
  async () => {
    const acknowledged: string[] = []
    const pauses: number[] = []
    const state = { over: false }
    const writers = Array.from({ length: 8 }, () => write(acknowledged, state))
    for (let i = 0; i < kills; i++) {
      await sleep(150 + Math.random() * 150)
      const before = acknowledged.length
      const killed = Date.now()
      process.kill(postmasterPid(), 'SIGKILL')
      await until(() => acknowledged.length > before + 8)
      pauses.push(Date.now() - killed)
    }
    state.over = true
    await Promise.all(writers)

    const found = await db.staff.read(org, (tx) => tx.selectFrom('customer').select('id').execute())
    const stored = new Set(found.map((row) => row.id))
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([])
    expect(await db.staff.read(org, verifyChain)).toEqual({ ok: true, events: stored.size })
    expect(Math.max(...pauses)).toBeLessThan(15_000)
  },
  60_000 + kills * 5_000,
)

async function write(acknowledged: string[], state: { over: boolean }): Promise<void> {
  while (!state.over) {
    const id = newId()
    const done = await db.staff
      .write(org, async (tx) => {
        await tx.insertInto('customer').values({ org_id: org, id, name: id, ceiling: null, seat_limit: null }).execute()
        await appendEvent(tx, actor, 'customer.created', { customerId: id })
      })
      .then(
        () => true,
        () => false,
      )
    if (done) acknowledged.push(id)
    else await sleep(20)
  }
}

function postmasterPid(): number {
  return Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('The writers did not go on within 30 seconds.')
    await sleep(10)
  }
}

function configOf(dataFolder: string): Config {
  const read = readConfig({ ZONEWARD_DATA: dataFolder })
  if ('error' in read) throw new Error(read.error)
  return read.config
}
