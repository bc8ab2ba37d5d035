import type { ResourceRecord } from '@zoneward/dns'
import { isWithin, keyOfName } from './name-key.ts'
import type { Zone, ZoneDraft } from './zone-tree.ts'
import { addRecord, removeRecord } from './zone-tree.ts'

/**
 * Changes a loaded zone in place, between two queries. False when the zone is not the one the difference was made for;
 * it may then be half changed, and must be dropped.
 */
export function applyZoneDiff(
  zone: Zone,
  fromSerial: number,
  toSerial: number,
  removed: readonly ResourceRecord[],
  added: readonly ResourceRecord[],
): boolean {
  if (zone.serial !== fromSerial) return false
  const draft: ZoneDraft = zone
  for (const record of removed) {
    if (!removeRecord(draft, keyOfName(record.owner), record)) return false
  }
  for (const record of added) {
    const key = keyOfName(record.owner)
    if (key === '' || !isWithin(key, zone.key)) return false
    addRecord(draft, key, record)
  }
  zone.serial = toSerial
  return draft.soa !== undefined && soaSerial(draft.soa) === toSerial
}

/** The serial of an SOA record, the first of the five numbers at its end (RFC 1035 §3.3.13); -1 when cut short. */
export function soaSerial({ rdata }: ResourceRecord): number {
  if (rdata.length < 22) return -1
  return Buffer.from(rdata.buffer, rdata.byteOffset, rdata.length).readUInt32BE(rdata.length - 20)
}
