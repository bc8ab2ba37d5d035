import { toByteText } from '../names/byte-text.ts'
import { shown } from '../rdata/kinds/field-kind.ts'
import { parseDuration } from '../rdata/kinds/numbers.ts'
import type { ResourceRecord } from '../rdata/resource-record.ts'
import { splitTokens } from '../rdata/tokens.ts'
import { TYPE, typeNumber } from '../rdata/type-numbers.ts'
import { expandTemplate, type GenerateRange, readRange } from './expand-generate.ts'
import { makeScanner, nextEntry, type Scanner } from './scan-entries.ts'
import { MAX_TTL, makeZoneReader, readEntry, readName, setOrigin, type ZoneReader } from './zone-reader.ts'

/** Something of the file that was not understood: its line, counted from 1, and a sentence. */
export type ZoneFileError = { line: number; column?: number; message: string }

export type ZoneFileLimits = {
  /** Records in all; reading stops there with an error. 1,000,000 unless told. */
  records?: number
  /** Errors reported; reading stops after them, and the last one says so. 100 unless told. */
  errors?: number
  /** Records that all $GENERATE lines together may make. 65,536 unless told. */
  generated?: number
}

export type ZoneFileOptions = {
  /** The normal name that completes relative names until an $ORIGIN. */
  origin?: string
  /** The TTL, in seconds, of records without one, until a $TTL. */
  defaultTtl?: number
  limits?: ZoneFileLimits
}

/** `lines[i]` is the line where `records[i]` begins. `apex` is the owner of the SOA, else the origin, else ''. */
export type ZoneFile = { apex: string; records: ResourceRecord[]; lines: number[]; errors: ZoneFileError[] }

/**
 * Reads a zone file (RFC 1035 §5.1, RFC 2308 §4, BIND's $GENERATE and TTL units). Every entry ends up either as a
 * record or as an error with its line; $INCLUDE is refused. What the records mean together is `validateZone`'s matter.
 *
 * @example parseZoneFile('$TTL 1h\nwww A 192.0.2.1\n', { origin: 'example.com.' })
 * // { apex: 'example.com.', records: [{ owner: 'www.example.com.', ttl: 3600, type: 1, rdata }], lines: [2], errors: [] }
 */
export function parseZoneFile(text: string, options: ZoneFileOptions = {}): ZoneFile {
  const records: ResourceRecord[] = []
  const lines: number[] = []
  const errors = readZoneFile(text, options, (record, line) => {
    records.push(record)
    lines.push(line)
  })
  const soa = records.find((record) => record.type === TYPE.SOA)
  return { apex: soa?.owner ?? options.origin ?? '', records, lines, errors }
}

type Reading = {
  reader: ZoneReader
  scanner: Scanner
  errors: ZoneFileError[]
  made: number
  generated: number
  limits: Required<ZoneFileLimits>
}

/** The same, a record at a time, for callers that do not keep them all. Answers the errors. */
export function readZoneFile(
  text: string,
  options: ZoneFileOptions,
  emit: (record: ResourceRecord, line: number) => void,
): ZoneFileError[] {
  const scanner = makeScanner(toByteText(text))
  const limits = { records: 1_000_000, errors: 100, generated: 65_536, ...options.limits }
  const reader = makeZoneReader(options.origin, options.defaultTtl, (record) => {
    reading.made++
    emit(record, scanner.startLine)
  })
  const reading: Reading = { reader, scanner, errors: [], made: 0, generated: 0, limits }
  while (nextEntry(scanner)) {
    const message = reading.made >= limits.records ? tooMany(limits.records) : (scanner.error ?? takeEntry(reading))
    if (message === undefined) continue
    const last = reading.errors.length + 1 >= limits.errors || reading.made >= limits.records
    const { column } = scanner
    const end = last ? `${message}; reading stopped here` : message
    reading.errors.push({ line: scanner.startLine, ...(column === undefined ? {} : { column }), message: end })
    if (last) break
  }
  return reading.errors
}

function tooMany(most: number): string {
  return `the file has more than ${most} records`
}

function takeEntry(reading: Reading): string | undefined {
  const { scanner, reader } = reading
  const first = scanner.tokens[0] ?? ''
  if (scanner.blankOwner || first.charCodeAt(0) !== 36) {
    return readEntry(reader, scanner.tokens, scanner.count, scanner.blankOwner)
  }
  const [, value = ''] = scanner.tokens
  const directive = first.toUpperCase()
  if (directive === '$GENERATE') return generate(reading)
  if (directive === '$INCLUDE') return '$INCLUDE is not read: put the records of that file here'
  if (directive !== '$ORIGIN' && directive !== '$TTL') return `${shown(first)} is not a directive of zone files`
  if (scanner.count !== 2) return `${directive} takes one value, this has ${scanner.count - 1}`
  if (directive === '$ORIGIN') {
    const origin = readName(reader, value)
    if (typeof origin !== 'string') return origin.error
    setOrigin(reader, origin)
    return undefined
  }
  const ttl = parseDuration(value)
  if (ttl < 0 || ttl > MAX_TTL) return `$TTL takes seconds or a time such as 1d12h, found ${shown(value)}`
  reader.defaultTtl = ttl
  return undefined
}

function generate(reading: Reading): string | undefined {
  const { scanner, limits } = reading
  const range = readRange(scanner.tokens[1] ?? '')
  if (range === undefined) return `$GENERATE takes a range such as 1-254 or 0-10/2, found ${shown(scanner.tokens[1])}`
  const count = Math.floor((range.stop - range.start) / range.step) + 1
  if (reading.generated + count > limits.generated) return `$GENERATE makes more than ${limits.generated} records`
  if (reading.made + count > limits.records) return tooMany(limits.records)
  reading.generated += count
  return generateRange(reading, range, scanner.tokens.slice(2, scanner.count))
}

function generateRange(reading: Reading, range: GenerateRange, template: string[]): string | undefined {
  for (let value = range.start; value <= range.stop; value += range.step) {
    const tokens: string[] = []
    for (const part of template) {
      const token = expandTemplate(part, value)
      if (token === undefined) return `${shown(part)} is not a template of $GENERATE: write $ or \${offset,width,base}`
      tokens.push(token)
    }
    unwrapData(tokens)
    const problem = readEntry(reading.reader, tokens, tokens.length, false)
    if (problem !== undefined) return `$GENERATE at ${value}: ${problem}`
  }
  return undefined
}

// BIND takes the data of $GENERATE as one word, so data of several fields stands in quotes, which are not part of it.
function unwrapData(tokens: string[]): void {
  const data = tokens.at(-1) ?? ''
  if (!data.startsWith('"') || typeNumber(tokens.at(-2) ?? '') === undefined) return
  const split = splitTokens(data.slice(1, -1), false)
  if ('tokens' in split) tokens.splice(-1, 1, ...split.tokens)
}
