import { visibleScopes } from '@zoneward/permissions'
import { loadAccess } from '../server/access/held-access.ts'
import type { RolePool } from '../server/database/pools.ts'
import { listZones } from '../server/zones/list-zones.ts'
import { layDownWorkloadL, type SizesL, type WorkloadL } from '../server/zones/testing/workload-l.ts'
import type { ZoneKey } from '../server/zones/zone-page.ts'
import { type Figure, percentile } from './figure.ts'

const pagesMeasured = 400

type Where = {
  /** As a superuser of the database, one statement a call. */
  asSuperuser(sql: string): Promise<Record<string, unknown>[]>
  staff: RolePool
}

/** A page of 50 of a million zones, half of them the first page and half anywhere, as the product itself asks for it. */
export async function benchList(where: Where, sizes?: SizesL): Promise<Figure[]> {
  const workload = await layDownWorkloadL((sql) => where.asSuperuser(sql), sizes)
  const places = await where.asSuperuser(`select sort_key, id from zone order by md5(id::text) limit ${pagesMeasured}`)
  const keys = places.map((row) => ({ sortKey: row['sort_key'] as Buffer, id: String(row['id']) }))
  const figures: Figure[] = []
  for (const [who, most] of [
    ['administrator', 1],
    ['ordinary', 1],
    ['oneZone', 1],
    ['thousandCustomers', 50],
    ['hundredThousandZones', 50],
  ] as const) {
    const samples = await measure(where.staff, workload, workload.subjects[who], keys)
    const share = most === 1 ? 0.5 : 0.95
    figures.push({
      name: `list-1m ${who} p${share * 100}`,
      unit: 'ms',
      ours: percentile(samples, share),
      peers: {},
      goal: { atMost: most },
      note: 'query and answer, in the database',
    })
  }
  return figures
}

async function measure(staff: RolePool, { org }: WorkloadL, id: string, keys: ZoneKey[]): Promise<number[]> {
  const held = await staff.read(org, (tx) => loadAccess(tx, { orgId: org, subjectIds: [id] }))
  const subject = { id, realm: 'staff' as const, teamIds: [] }
  const asker = { subject, now: Date.now(), channel: 'interface' as const }
  const scopes = visibleScopes(held.index, { ...asker, permission: 'zones.view' })
  return staff.read(org, async (tx) => {
    const samples: number[] = []
    for (const [number, key] of keys.entries()) {
      const started = performance.now()
      await listZones(tx, { orgId: org, holders: [id] }, scopes, {}, { after: number % 2 ? key : null, limit: 51 })
      samples.push(performance.now() - started)
    }
    return samples
  })
}
