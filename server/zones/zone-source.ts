import { type ResourceRecord, sortKey } from '@zoneward/dns'
import type { ServedZone, ZoneSource } from '@zoneward/nameserver'
import type { RolePool } from '../database/pools.ts'

// Whole zones are read in one snapshot, so that records and serial belong together.
const snapshot = 'begin isolation level repeatable read read only'

type ZoneRow = { org_id: string; id: string; serial: string; sort_key: Buffer }

/** Where the name server finds zones: the served ones of every organization, read by the role that sees only these. */
export function createZoneSource(dns: RolePool): ZoneSource {
  return {
    async locate(candidates) {
      const { rows } = await dns.raw.query<{ name_key: string }>({
        name: 'locate-zone',
        text: `select name_key from zone where served and name_key = any($1::text[])
               order by octet_length(sort_key) desc limit 1`,
        values: [candidates],
      })
      return rows[0]?.name_key ?? null
    },
    load: (apex) => loadZone(dns, apex),
  }
}

async function loadZone(dns: RolePool, apex: string): Promise<ServedZone | null> {
  const client = await dns.raw.connect()
  try {
    await client.query(snapshot)
    const zones = await client.query<ZoneRow>({
      name: 'load-zone',
      text: 'select org_id, id, serial, sort_key from zone where served and name_key = $1',
      values: [apex],
    })
    const [zone] = zones.rows
    if (!zone) return null
    const records = await client.query<ResourceRecord>({
      name: 'load-records',
      text: 'select owner, ttl, type, rdata from record where org_id = $1 and zone_id = $2 order by sort_key',
      values: [zone.org_id, zone.id],
    })
    const key = Buffer.from(sortKey(apex))
    const below = await client.query<{ name_key: string }>({
      name: 'load-sub-zones',
      text: 'select name_key from zone where served and sort_key > $1 and sort_key < $2',
      values: [key, endOfBranch(key)],
    })
    return { apex, serial: Number(zone.serial), records: records.rows, subZones: below.rows.map((row) => row.name_key) }
  } finally {
    await client.query('rollback').then(
      () => client.release(),
      (error: Error) => client.release(error),
    )
  }
}

/** The key after those of all names at or below this one: keys of a branch begin with its own, which ends in a zero byte. */
export function endOfBranch(key: Buffer): Buffer {
  if (key.length === 0) return Buffer.alloc(64, 0xff)
  const end = Buffer.from(key)
  end.writeUInt8(1, end.length - 1)
  return end
}
