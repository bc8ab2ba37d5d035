import { readFileSync } from 'node:fs'
import type { ResourceRecord } from '@zoneward/dns'
import { parseName, parseRdata, typeNumber } from '@zoneward/dns'
import type { ServedZone, ZoneSource } from '../zones/zone-source.ts'

/** A zone file of this folder, one record a line, as a name server's source would give it. */
export function readTestZone(file: string, subZones: string[] = []): ServedZone {
  const text = readFileSync(testZonePath(file), 'utf8')
  const records = text.split('\n').flatMap((line) => (/^[;]|^\s*$/.test(line) ? [] : [readLine(line)]))
  const soa = records.find(({ type }) => type === 6)
  if (soa === undefined) throw new Error(`${file} has no SOA`)
  const serial = Buffer.from(soa.rdata).readUInt32BE(soa.rdata.length - 20)
  return { apex: soa.owner, serial, records, subZones }
}

export function testZonePath(file: string): string {
  return new URL(file, import.meta.url).pathname
}

/** One record as `owner ttl type data`. */
export function readLine(line: string): ResourceRecord {
  const [, owner = '', ttl = '', type = '', data = ''] = /^(\S+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line.trim()) ?? []
  const name = parseName(owner)
  const number = typeNumber(type)
  if ('error' in name || number === undefined) throw new Error(`not a record: ${line}`)
  const parsed = parseRdata(number, data, '.')
  if ('error' in parsed) throw new Error(`${line}: ${parsed.error}`)
  return { owner: name.name, ttl: Number(ttl), type: number, rdata: parsed.rdata }
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
