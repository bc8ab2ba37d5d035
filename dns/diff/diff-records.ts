import { foldName } from '../names/name-labels.ts'
import { rdataKey } from '../rdata/rdata-key.ts'
import type { ResourceRecord } from '../rdata/resource-record.ts'

/**
 * What changes in one RRset. `removed` and `added` are the data that go and come; `ttlBefore` and `ttlAfter` are null
 * where the RRset does not exist. When only the TTL changes, both lists are empty.
 */
export type RrsetChange = {
  owner: string
  type: number
  removed: Uint8Array[]
  added: Uint8Array[]
  ttlBefore: number | null
  ttlAfter: number | null
}

/**
 * The least changes of RRsets that turn `before` into `after`, in the order in which the RRsets first appear, those
 * of `before` first. Owners and the names inside data are compared without case, so case alone is no change; a record
 * given twice counts once; an RRset's TTL is that of its first record. Time and memory grow with the records.
 *
 * @example diffRecords([a1], [a1, a2])
 * // [{ owner: 'www.example.com.', type: 1, removed: [], added: [a2.rdata], ttlBefore: 300, ttlAfter: 300 }]
 */
export function diffRecords(before: readonly ResourceRecord[], after: readonly ResourceRecord[]): RrsetChange[] {
  const old = groupRecords(before)
  const fresh = groupRecords(after)
  const changes: RrsetChange[] = []
  for (const [key, records] of old) {
    const change = diffRrset(records, fresh.get(key))
    if (change !== undefined) changes.push(change)
  }
  for (const [key, records] of fresh) {
    const change = old.has(key) ? undefined : diffRrset(undefined, records)
    if (change !== undefined) changes.push(change)
  }
  return changes
}

type Rrset = ResourceRecord[]

function groupRecords(records: readonly ResourceRecord[]): Map<string, Rrset> {
  const groups = new Map<string, Rrset>()
  for (const record of records) {
    const key = `${foldName(record.owner)} ${record.type}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [record])
    else group.push(record)
  }
  return groups
}

function diffRrset(before: Rrset | undefined, after: Rrset | undefined): RrsetChange | undefined {
  const first = after?.[0] ?? before?.[0]
  if (first === undefined) return undefined
  const ttlBefore = before?.[0]?.ttl ?? null
  const ttlAfter = after?.[0]?.ttl ?? null
  const [oldOnly, newOnly] = compareSets(before ?? [], after ?? [])
  if (ttlBefore === ttlAfter && oldOnly.length === 0 && newOnly.length === 0) return undefined
  return { owner: first.owner, type: first.type, removed: oldOnly, added: newOnly, ttlBefore, ttlAfter }
}

function compareSets(before: Rrset, after: Rrset): [Uint8Array[], Uint8Array[]] {
  const [a, b] = [before[0], after[0]]
  const single = before.length === 1 && after.length === 1 && a !== undefined && b !== undefined
  if (single && equalBytes(a.rdata, b.rdata)) return [[], []]
  const old = keyed(before)
  const fresh = keyed(after)
  return [only(old, fresh), only(fresh, old)]
}

function keyed(records: Rrset): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>()
  for (const { type, rdata } of records) {
    const key = rdataKey(type, rdata)
    if (!found.has(key)) found.set(key, rdata)
  }
  return found
}

function only(from: Map<string, Uint8Array>, except: Map<string, Uint8Array>): Uint8Array[] {
  const found: Uint8Array[] = []
  for (const [key, rdata] of from) if (!except.has(key)) found.push(rdata)
  return found
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
