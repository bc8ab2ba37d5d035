import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { visibleScopes } from '@zoneward/permissions'
import pg from 'pg'
import { loadAccess } from '../server/access/held-access.ts'
import { embeddedTarget } from '../server/database/embedded-target.ts'
import { createPool, type RolePool, type Tx } from '../server/database/pools.ts'
import { prepareDatabase } from '../server/database/prepare-database.ts'
import { createLog } from '../server/log.ts'
import { loadSecret } from '../server/secrets.ts'
import { listZones } from '../server/zones/list-zones.ts'
import { fullSize, layDownWorkloadL, type WorkloadL } from '../server/zones/testing/workload-l.ts'
import type { ZoneKey } from '../server/zones/zone-page.ts'
import { explaining } from './explaining.ts'
import { type Figure, percentile } from './figure.ts'
import { benchQuestions } from './questions-1m.ts'

const pagesMeasured = 400

type Subjects = [who: keyof WorkloadL['subjects'], share: number, atMost: number][]
const measured: Subjects = [
  ['administrator', 0.5, 1],
  ['ordinary', 0.5, 1],
  ['oneZone', 0.5, 1],
  ['thousandCustomers', 0.95, 50],
  ['hundredThousandZones', 0.95, 50],
]

/** A page of 50 of a million zones, half of them the first page and half anywhere, as the product itself asks for it. */
export async function benchList(sizes = fullSize): Promise<Figure[]> {
  const { admin, staff, close } = await openDatabase()
  try {
    const workload = await layDownWorkloadL((sql) => admin.query(sql), sizes)
    const { rows } = await admin.query<{ sort_key: Buffer; id: string }>(
      `select sort_key, id from zone order by md5(id::text) limit ${pagesMeasured}`,
    )
    const keys = rows.map((row) => ({ sortKey: row.sort_key, id: row.id }))
    const figures: Figure[] = []
    for (const [who, share, atMost] of measured) {
      const { whole, inside } = await measure(staff, workload, workload.subjects[who], keys)
      const answered = percentile(whole, share)
      const short = inside.length > 0
      const note = short ? `in the database; ${answered.toFixed(2)} ms with the way there and back` : 'query and answer'
      const ours = short ? percentile(inside, share) : answered
      figures.push({ name: `list-1m ${who} p${share * 100}`, unit: 'ms', ours, peers: {}, goal: { atMost }, note })
    }
    figures.push(
      ...(await benchQuestions(
        staff,
        workload,
        keys.map((key) => key.id),
      )),
    )
    return figures
  } finally {
    await close()
  }
}

type Samples = { whole: number[]; inside: number[] }

/** Query and answer as the product does it, and of the short lists what the database alone took. */
async function measure(staff: RolePool, { org }: WorkloadL, id: string, keys: ZoneKey[]): Promise<Samples> {
  const held = await staff.read(org, (tx) => loadAccess(tx, { orgId: org, subjectIds: [id] }))
  const subject = { id, realm: 'staff' as const, teamIds: [] }
  const asker = { subject, now: Date.now(), channel: 'interface' as const }
  const scopes = visibleScopes(held.index, { ...asker, permission: 'zones.view' })
  return staff.read(org, async (tx) => {
    const samples: Samples = { whole: [], inside: [] }
    const explained = tx.withPlugin(explaining((milliseconds) => samples.inside.push(milliseconds)))
    for (const [number, key] of keys.entries()) {
      const page = { after: number % 2 ? key : null, limit: 51 }
      const started = performance.now()
      await listZones(tx, { orgId: org, holders: [id] }, scopes, {}, page)
      samples.whole.push(performance.now() - started)
      if (scopes.zones.length <= 100) await listZones(explained as Tx, { orgId: org, holders: [id] }, scopes, {}, page)
    }
    return samples
  })
}

/** A database of its own, with all its tables, in a folder that is gone afterwards. */
async function openDatabase() {
  const folder = mkdtempSync(join(tmpdir(), 'zoneward-bench-'))
  const secretFile = join(folder, 'secret')
  const loaded = loadSecret(secretFile)
  if ('error' in loaded) throw new Error(loaded.error)
  const log = createLog({ level: 'warn' })
  const target = await embeddedTarget(folder, log, (reason) => log.fatal(reason))
  const { roles } = await prepareDatabase(target, loaded.secret, secretFile, 'all')
  const admin = new pg.Client(target.admin)
  await admin.connect()
  const staff = createPool({ role: 'staff', connection: target.place.connect(roles.login('staff')), size: 2, log })
  const close = async () => {
    await Promise.all([staff.close(), admin.end()])
    await target.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { admin, staff, close }
}
