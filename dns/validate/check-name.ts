import { isAtOrBelow } from '../names/name-labels.ts'
import { rdataKey } from '../rdata/rdata-key.ts'
import type { ResourceRecord } from '../rdata/resource-record.ts'
import { TYPE, typeName } from '../rdata/type-numbers.ts'
import { aRecord, shownName, type ZoneProblem } from './zone-problem.ts'

// What may stand beside a CNAME: only DNSSEC's own records (RFC 4034 §3, §4; RFC 2181 §10.1).
const BESIDE_ALIAS: ReadonlySet<number> = new Set([TYPE.RRSIG, TYPE.NSEC])

// RFC 1035 §4.2.2: a message has a length of 16 bits. Left out: header, question with the longest name, and OPT.
const MOST_IN_ANSWER = 65_535 - 12 - 259 - 40

/** Types of which a name has at most one record (RFC 1035, RFC 2181 §10.1, RFC 6672 §2.4). */
const SINGLE: ReadonlySet<number> = new Set([TYPE.SOA, TYPE.CNAME, TYPE.DNAME])

/** What is wrong among the records of one name, whatever stands elsewhere; older records come first in the list. */
export function checkName(apex: string, atApex: boolean, records: readonly ResourceRecord[]): ZoneProblem[] {
  const first = records[0]
  if (first === undefined) return []
  const { owner } = first
  if (!isAtOrBelow(owner, apex)) return [outOfZone(owner, apex, first.type)]
  if (records.length === 1 && (first.type !== TYPE.SOA || atApex)) return []
  const problems: ZoneProblem[] = []
  const say = (code: ZoneProblem['code'], type: number, message: string) =>
    problems.push({ severity: 'error', code, owner, type, message })
  const name = shownName(owner, apex)
  if (!atApex && records.some(({ type }) => type === TYPE.SOA)) {
    say('soa-not-at-apex', TYPE.SOA, `Cannot add SOA at ${name}: a zone has its SOA at its apex only`)
  }
  checkAlias(records, name, say)
  for (const rrset of rrsetsOf(records)) checkRrset(rrset, name, say)
  return problems
}

type Say = (code: ZoneProblem['code'], type: number, message: string) => void

function outOfZone(owner: string, apex: string, type: number): ZoneProblem {
  const message = `Cannot add ${typeName(type)} at "${owner}": the name is not inside the zone "${apex}"`
  return { severity: 'error', code: 'out-of-zone', owner, type, message }
}

function checkAlias(records: readonly ResourceRecord[], name: string, say: Say): void {
  const alias = records.findIndex(({ type }) => type === TYPE.CNAME)
  if (alias < 0) return
  const other = records.findIndex(({ type }) => type !== TYPE.CNAME && !BESIDE_ALIAS.has(type))
  if (other < 0) return
  const [older, newer] = [records[Math.min(alias, other)], records[Math.max(alias, other)]]
  if (older === undefined || newer === undefined) return
  const message = `Cannot add ${typeName(newer.type)} at ${name}: ${aRecord(older.type)} already exists`
  say('alias-conflict', newer.type, message)
}

function checkRrset(rrset: readonly ResourceRecord[], name: string, say: Say): void {
  const [first] = rrset
  if (first === undefined || rrset.length === 1) return
  const { type } = first
  const other = rrset.find(({ ttl }) => ttl !== first.ttl)
  if (other !== undefined && type !== TYPE.RRSIG) {
    const text = `All ${typeName(type)} records at ${name} must have one TTL: found ${first.ttl} and ${other.ttl}`
    say('ttl-conflict', type, text)
  }
  const size = rrset.reduce((sum, { rdata }) => sum + 12 + rdata.length, 0)
  if (size > MOST_IN_ANSWER) {
    const text = `The ${rrset.length} ${typeName(type)} records at ${name} do not fit into one answer of 64 KiB: nobody could ever ask for them`
    say('set-too-large', type, text)
    return
  }
  const keys = new Set(rrset.map(({ rdata }) => rdataKey(type, rdata)))
  if (keys.size < rrset.length) {
    say('duplicate', type, `Cannot add ${typeName(type)} at ${name}: the same record already exists`)
  } else if (SINGLE.has(type)) {
    const code = type === TYPE.SOA ? 'second-soa' : 'alias-conflict'
    say(code, type, `Cannot add ${typeName(type)} at ${name}: ${aRecord(type)} already exists`)
  }
}

function rrsetsOf(records: readonly ResourceRecord[]): Iterable<ResourceRecord[]> {
  const rrsets = new Map<number, ResourceRecord[]>()
  for (const record of records) {
    const rrset = rrsets.get(record.type)
    if (rrset === undefined) rrsets.set(record.type, [record])
    else rrset.push(record)
  }
  return rrsets.values()
}
