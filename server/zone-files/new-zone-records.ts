import { type ResourceRecord, sortRecords, TYPE } from '@zoneward/dns'
import { checkFile } from './check-file.ts'
import { fileFault, hasApexNs, hasSoa } from './read-zone-file.ts'

/** The records of a new zone: those of the file, and what the file lacks of SOA and name servers. */
export function newZoneRecords(apex: string, text: string | undefined, defaults: ResourceRecord[]): ResourceRecord[] {
  if (text === undefined) return defaults
  const file = checkFile(text, apex)
  if (file.errors.length > 0) throw fileFault(file.errors)
  const soa = hasSoa(file.records) ? [] : defaults.filter(({ type }) => type === TYPE.SOA)
  const servers = hasApexNs(file.records, apex) ? [] : defaults.filter(({ type }) => type !== TYPE.SOA)
  return sortRecords(apex, [...soa, ...servers, ...file.records])
}
