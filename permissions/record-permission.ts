import type { Permission } from './permissions.ts'

// Which of the three permissions a write of a record needs. Labels are unescaped and case-folded, without the root.

// Numbers instead of names (RFC 3597) must not be a way around.
const nameOfNumber: Record<string, string> = {
  TYPE2: 'NS',
  TYPE5: 'CNAME',
  TYPE6: 'SOA',
  TYPE16: 'TXT',
  TYPE39: 'DNAME',
}

// Types by which a wildcard can answer a question for the TXT record of a DMARC policy.
const answersForPolicy = ['TXT', 'CNAME', 'NS', 'DNAME']

/**
 * - SOA, and NS at the apex, are protected.
 * - A DMARC policy is the TXT record at `_dmarc` below a domain (RFC 7489, section 6.1). It is made or replaced by any
 *   record at or below a `_dmarc` label, and by a wildcard, DNAME or delegation, since each covers `_dmarc` below it.
 * - Everything else is an ordinary record.
 * @example recordPermission({ labels: ['*', 'example', 'com'], type: 'TXT', apexLabels: ['example', 'com'] })
 * // 'records.dmarc.write'
 */
export function recordPermission(record: {
  readonly labels: readonly string[]
  readonly type: string
  readonly apexLabels: readonly string[]
}): Permission {
  const type = canonicalType(record.type)
  const atApex = record.labels.length === record.apexLabels.length
  if (type === 'SOA' || (type === 'NS' && atApex)) return 'records.protected.write'
  if (record.labels.includes('_dmarc')) return 'records.dmarc.write'
  const wildcard = record.labels[0] === '*'
  if (hidesBelow(type) || (wildcard && answersForPolicy.includes(type))) return 'records.dmarc.write'
  return 'records.write'
}

/** @example canonicalType('type16') // 'TXT' */
export function canonicalType(type: string): string {
  const upper = type.toUpperCase()
  return nameOfNumber[upper] ?? upper
}

/** Whether a record of this type, below the apex, takes every name below it out of its zone. */
export function hidesBelow(type: string): boolean {
  return type === 'NS' || type === 'DNAME'
}
