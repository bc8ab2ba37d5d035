import { failed, type Parsed, parsed } from './parsed.ts'
import { canonicalType } from './record-permission.ts'

// Types of questions, not of records (RFC 6895, section 3.1).
const questions = ['ANY', 'AXFR', 'IXFR', 'MAILA', 'MAILB', 'OPT', 'TSIG', 'TKEY']

/**
 * Types in capitals, sorted, each once.
 * @example readTypes(['txt', 'A']) // { ok: true, value: ['A', 'TXT'] }
 */
export function readTypes(written: 'all' | readonly string[]): Parsed<'all' | string[]> {
  if (written === 'all') return parsed('all')
  if (written.length === 1 && written[0]?.toLowerCase() === 'all') return parsed('all')
  if (written.length === 0) return failed('types is an empty list: name record types such as TXT, or write "all"')
  const types = new Set<string>()
  for (const each of written) {
    const type = canonicalType(each)
    const wrong = wrongType(type)
    if (wrong !== null) return failed(wrong)
    types.add(type)
  }
  return parsed([...types].sort())
}

function wrongType(type: string): string | null {
  if (type === '') return 'A record type is missing: write types as "TXT,CNAME"'
  if (type === '*' || questions.includes(type)) return `${type} is no type of records: write "all" for every type`
  const number = /^TYPE(\d+)$/.exec(type)?.[1]
  if (number !== undefined && (Number(number) > 65535 || number.length > 5)) return `${type} is above TYPE65535`
  return /^[A-Z][A-Z0-9-]*$/.test(type) ? null : `"${type}" is no record type: write types as "TXT,CNAME"`
}
