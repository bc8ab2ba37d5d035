import {
  foldName,
  isAtOrBelow,
  parseZoneFile,
  type ResourceRecord,
  rdataKey,
  TYPE,
  typeName,
  validateZone,
  type ZoneProblem,
} from '@zoneward/dns'
import { Fault } from '../fault.ts'
import { shownName, shownOwner } from '../records/record-names.ts'

export type FileError = { line: number; message: string }
/** What a zone file says; `lines[i]` is where `records[i]` stands. Every line is either a record or an error. */
export type ReadFile = {
  apex: string | null
  records: ResourceRecord[]
  lines: number[]
  errors: FileError[]
  warnings: string[]
}

const mostErrors = 100

/** Reads a zone file. With an apex the file must be of that zone; without one its SOA record says which zone it is. */
export function readZoneFile(text: string, apex: string | null): ReadFile {
  const parsed = parseZoneFile(text, apex === null ? {} : { origin: apex })
  const name = apex ?? (parsed.apex === '' ? null : parsed.apex)
  const { records, lines, warnings } = withoutDoubles(parsed.records, parsed.lines, name ?? '.')
  const unread: FileError[] = parsed.errors.map(({ line, message }) => ({ line, message: sentence(message) }))
  const strange = name === null ? [] : records.flatMap((record, at) => outside(record, name, lines[at] ?? 0))
  const errors = [...unread, ...strange]
  if (name === null && errors.length === 0)
    errors.push({
      line: 1,
      message: 'The file does not say which zone it is: it has no SOA record. Give the name beside it.',
    })
  return { apex: name, records, lines, errors: errors.sort((a, b) => a.line - b.line).slice(0, mostErrors), warnings }
}

function outside(record: ResourceRecord, apex: string, line: number): FileError[] {
  if (!isAtOrBelow(record.owner, apex))
    return [{ line, message: `"${shownName(record.owner)}" does not lie in the zone ${shownName(apex)}` }]
  return []
}

/** A record given twice counts once, and an RRset has the TTL of its first record, as in BIND; both are said. */
function withoutDoubles(all: ResourceRecord[], allLines: number[], apex: string) {
  const sets = new Map<string, { ttl: number; data: Set<string> }>()
  const records: ResourceRecord[] = []
  const lines: number[] = []
  const warnings: string[] = []
  all.forEach((record, at) => {
    const key = `${record.type} ${foldName(record.owner)}`
    const set = sets.get(key)
    const line = allLines[at] ?? 0
    const what = `${typeName(record.type)} at "${shownOwner(record.owner, apex)}"`
    const data = rdataKey(record.type, record.rdata)
    if (set?.data.has(data)) {
      warnings.push(`Line ${line}: the same ${what} stands before; it counts once.`)
      return
    }
    const ttl = set?.ttl ?? record.ttl
    if (ttl !== record.ttl)
      warnings.push(
        `Line ${line}: ${what} has the TTL ${record.ttl}, its set has ${ttl}; all of a set have one, so ${ttl} it is.`,
      )
    const kept = ttl === record.ttl ? record : { ...record, ttl }
    if (set) set.data.add(data)
    else sets.set(key, { ttl, data: new Set([data]) })
    records.push(kept)
    lines.push(line)
  })
  return { records, lines, warnings: warnings.slice(0, mostErrors) }
}

/** Problems of a zone as errors of the file's lines, where the record that they are about stands in the file. */
export function errorsByLine(file: Pick<ReadFile, 'records' | 'lines'>, problems: ZoneProblem[]): FileError[] {
  const errors = problems.filter((problem) => problem.severity === 'error')
  if (errors.length === 0) return []
  const lineOf = new Map(
    file.records.map((record, at) => [`${record.type} ${foldName(record.owner)}`, file.lines[at] ?? 0]),
  )
  return errors
    .map(({ owner, type, message }) => ({ line: lineOf.get(`${type} ${foldName(owner)}`) ?? 0, message }))
    .sort((a, b) => a.line - b.line)
    .slice(0, mostErrors)
}

/** What is wrong in the file, line by line; nothing is written then. */
export function fileFault(errors: FileError[]): Fault {
  const [first] = errors
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : ''
  return new Fault(
    'invalid',
    `The zone file has errors. Line ${first?.line}: ${first?.message}${more}. Nothing was written.`,
    {
      lines: errors,
    },
  )
}

/** The problems of the file as a zone of its own. */
export function problemsOf(apex: string, records: ResourceRecord[]): ZoneProblem[] {
  return validateZone(apex, records)
}

export function hasSoa(records: ResourceRecord[]): boolean {
  return records.some((record) => record.type === TYPE.SOA)
}

export function hasApexNs(records: ResourceRecord[], apex: string): boolean {
  return records.some((record) => record.type === TYPE.NS && foldName(record.owner) === foldName(apex))
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
