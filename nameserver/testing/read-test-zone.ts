import { readFileSync } from 'node:fs'
import type { ResourceRecord } from '@zoneward/dns'
import { parseZoneFile, TYPE } from '@zoneward/dns'
import type { ServedZone, ZoneSource } from '../zones/zone-source.ts'

/** A zone file of this folder as a name server's source would give it. */
export function readTestZone(file: string, subZones: string[] = []): ServedZone {
  return zoneOfText(readFileSync(testZonePath(file), 'utf8'), subZones)
}

export function zoneOfText(text: string, subZones: string[] = []): ServedZone {
  const { apex, records, errors } = parseZoneFile(text)
  const soa = records.find(({ type }) => type === TYPE.SOA)
  if (soa === undefined || errors.length > 0) throw new Error(`not a zone: ${JSON.stringify(errors)}`)
  const serial = Buffer.from(soa.rdata).readUInt32BE(soa.rdata.length - 20)
  return { apex, serial, records, subZones }
}

export function testZonePath(file: string): string {
  return new URL(file, import.meta.url).pathname
}

/** One record, its name absolute, as a zone file has it. */
export function readLine(line: string): ResourceRecord {
  const { records, errors } = parseZoneFile(`${line}\n`)
  const [record] = records
  if (record === undefined || errors.length > 0) throw new Error(`not a record: ${line}: ${JSON.stringify(errors)}`)
  return record
}

/** A source with these zones, and a count of what was asked of it. */
export function sourceOf(...zones: ServedZone[]): ZoneSource & { located: number; loaded: number } {
  return {
    located: 0,
    loaded: 0,
    async locate(candidates) {
      this.located++
      return candidates.find((name) => zones.some(({ apex }) => apex.toLowerCase() === name)) ?? null
    },
    async load(apex) {
      this.loaded++
      return zones.find((zone) => zone.apex.toLowerCase() === apex) ?? null
    },
  }
}
