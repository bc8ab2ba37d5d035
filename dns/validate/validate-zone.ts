import { foldName, isAtOrBelow } from '../names/name-labels.ts'
import type { ResourceRecord } from '../rdata/resource-record.ts'
import { TYPE } from '../rdata/type-numbers.ts'
import { checkName } from './check-name.ts'
import { checkSurroundings } from './check-surroundings.ts'
import type { ZoneProblem } from './zone-problem.ts'

/**
 * How the checks look into a zone as it would be after a change. Names go in folded (`foldName`). `recordsAt` answers
 * the records of a name, older ones first, so that messages blame the newer. `firstBelow` answers some name with
 * records below the given one; without it a DNAME is not held against names already below it.
 */
export type ZoneView = {
  apex: string
  recordsAt(folded: string): readonly ResourceRecord[]
  firstBelow?(folded: string): string | undefined
}

/**
 * What cannot or should not stand together in a whole zone: errors (CNAME beside other data, two TTLs in one RRset,
 * duplicates, records below a DNAME, no SOA or a second one, no NS at the apex, names outside) and warnings (servers
 * that are aliases, missing glue, records below a delegation). In time that grows with the records.
 *
 * @example validateZone('example.com.', records).map((problem) => problem.message)
 * // ['Cannot add CNAME at "www": an A record already exists']
 */
export function validateZone(apex: string, records: readonly ResourceRecord[]): ZoneProblem[] {
  const names = new Map<string, ResourceRecord[]>()
  for (const record of records) {
    const folded = foldName(record.owner)
    const there = names.get(folded)
    if (there === undefined) names.set(folded, [record])
    else there.push(record)
  }
  const view: ZoneView = { apex, recordsAt: (folded) => names.get(folded) ?? NONE }
  return validateAround(view, [apex, ...names.keys()])
}

const NONE: readonly ResourceRecord[] = []

/**
 * The same checks around a change only: at the given owners, above them, at what they point to, and below those with a
 * DNAME. Time depends on the change, not on the zone. Include the apex when SOA or NS there change.
 *
 * @example validateAround({ apex: 'example.com.', recordsAt: (name) => after.get(name) ?? [] }, ['www.example.com.'])
 * // []
 */
export function validateAround(view: ZoneView, owners: Iterable<string>): ZoneProblem[] {
  const apex = foldName(view.apex)
  const problems: ZoneProblem[] = []
  for (const folded of new Set(mapFold(owners))) {
    const records = view.recordsAt(folded)
    if (folded === apex) problems.push(...checkApex(view.apex, records))
    problems.push(...checkName(view.apex, folded === apex, records))
    if (isAtOrBelow(folded, apex))
      for (const problem of checkSurroundings(view, records, folded)) problems.push(problem)
  }
  return problems
}

function* mapFold(owners: Iterable<string>): Iterable<string> {
  for (const owner of owners) yield foldName(owner)
}

function checkApex(apex: string, records: readonly ResourceRecord[]): ZoneProblem[] {
  const problems: ZoneProblem[] = []
  const has = (wanted: number) => records.some(({ type }) => type === wanted)
  const say = (code: ZoneProblem['code'], type: number, message: string) =>
    problems.push({ severity: 'error', code, owner: apex, type, message })
  if (!has(TYPE.SOA)) say('missing-soa', TYPE.SOA, `The zone "${apex}" has no SOA record at its apex`)
  if (!has(TYPE.NS)) say('missing-ns', TYPE.NS, `The zone "${apex}" has no NS record at its apex`)
  return problems
}
