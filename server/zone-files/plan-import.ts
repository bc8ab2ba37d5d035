import { foldName, type ResourceRecord, rdataKey, sameRdata, TYPE, typeName, validateZone } from '@zoneward/dns'
import { soaSerial, withSerial } from '../changes/serials.ts'
import { makeRecord, rrsetKey, type StoredRecord, type WritableZone, type ZoneEdit } from '../changes/zone-record.ts'
import { newId } from '../ids.ts'
import { shownOwner } from '../records/record-names.ts'
import { errorsByLine, fileFault, hasApexNs, type ReadFile } from './read-zone-file.ts'

/**
 * The difference between a zone and a file. `replace` takes away what the file does not name, `merge` leaves it. An SOA
 * that differs in its serial only is no difference; a newer serial is taken over. What is in both keeps its id.
 */
export function planImport(
  zone: WritableZone,
  current: StoredRecord[],
  file: ReadFile,
  mode: 'replace' | 'merge',
): ZoneEdit {
  const edit: ZoneEdit = { removed: [], added: [], unchanged: 0, warnings: [...file.warnings] }
  const sets = Map.groupBy(current, rrsetKey)
  const named = new Set<string>()
  for (const [key, wanted] of fileSets(file.records)) {
    named.add(key)
    const there = sets.get(key) ?? []
    if (wanted[0]?.type === TYPE.SOA) planSoa(zone, there, wanted, mode, edit)
    else planSet(there, wanted, mode, edit)
  }
  for (const [key, there] of sets) {
    if (named.has(key)) continue
    if (mode === 'merge' || keepsAnyway(zone, there, file, edit)) edit.unchanged = (edit.unchanged ?? 0) + there.length
    else edit.removed.push(...there)
  }
  const gone = new Set(edit.removed.map((record) => record.id))
  const after = [...current.filter((record) => !gone.has(record.id)), ...edit.added]
  const problems = validateZone(zone.name, after)
  const errors = errorsByLine(file, problems)
  return errors.length > 0 ? { ...edit, problems, refused: fileFault(errors) } : { ...edit, problems }
}

function fileSets(records: ResourceRecord[]): Map<string, StoredRecord[]> {
  const made = records.map((record) => makeRecord('', record))
  return Map.groupBy(made, rrsetKey)
}

function planSet(there: StoredRecord[], wanted: StoredRecord[], mode: 'replace' | 'merge', edit: ZoneEdit): void {
  // By their data, so that a set of very many records takes no longer than as many sets of one.
  const left = Map.groupBy(there, (record) => rdataKey(record.type, record.rdata))
  const ttl = wanted[0]?.ttl ?? 0
  for (const record of wanted) {
    const same = left.get(rdataKey(record.type, record.rdata))?.shift()
    if (!same) edit.added.push({ ...record, id: newId() })
    else if (same.ttl === ttl) edit.unchanged = (edit.unchanged ?? 0) + 1
    else change(edit, same, { ...same, ttl })
  }
  for (const record of [...left.values()].flat()) {
    if (mode === 'replace') edit.removed.push(record)
    else if (record.ttl === ttl) edit.unchanged = (edit.unchanged ?? 0) + 1
    else change(edit, record, { ...record, ttl })
  }
}

function planSoa(
  zone: WritableZone,
  there: StoredRecord[],
  wanted: StoredRecord[],
  mode: 'replace' | 'merge',
  edit: ZoneEdit,
): void {
  const [old] = there
  const [next] = wanted
  if (!old || !next || foldName(next.owner) !== zone.name_key || wanted.length > 1) {
    edit.added.push(...wanted.map((record) => ({ ...record, id: newId() })))
    return
  }
  const same = old.ttl === next.ttl && sameRdata(TYPE.SOA, withSerial(old.rdata, 0), withSerial(next.rdata, 0))
  edit.serial = soaSerial(next.rdata)
  if (same || mode === 'merge') edit.unchanged = (edit.unchanged ?? 0) + 1
  else change(edit, old, { ...next, id: old.id })
  if (!same && mode === 'merge')
    edit.warnings.push('The SOA record of the file differs; merging leaves the zone’s own.')
}

function change(edit: ZoneEdit, old: StoredRecord, next: StoredRecord): void {
  edit.removed.push(old)
  edit.added.push(next)
}

/** A zone keeps its SOA, and its name servers where the file has none. */
function keepsAnyway(zone: WritableZone, there: StoredRecord[], file: ReadFile, edit: ZoneEdit): boolean {
  const [first] = there
  if (!first || shownOwner(first.owner, zone.name) !== '@') return false
  const keeps = first.type === TYPE.SOA || (first.type === TYPE.NS && !hasApexNs(file.records, zone.name))
  if (keeps) edit.warnings.push(`The file has no ${typeName(first.type)} of the zone itself: what the zone has stays.`)
  return keeps
}
