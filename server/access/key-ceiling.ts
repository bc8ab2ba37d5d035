import { typeNumber } from '@zoneward/dns'
import {
  type ApiKeyCeiling,
  isPermission,
  type Permission,
  parseRecordPattern,
  type RecordPattern,
  type Scope,
} from '@zoneward/permissions'
import { isTrusted } from '../http/client-address.ts'

/** How a key's ceiling is kept: every part is absent where the key is not limited in it. */
export type StoredKeyCeiling = {
  permissions?: string[]
  scopes?: Scope[]
  patterns?: StoredPattern[]
  networks?: string[]
  idle_days?: number
}

/** Pattern texts with their types, as they came in. */
export type StoredPattern = { names: string[]; types?: string[] | undefined }

type Row = { ceiling: unknown; created_at: Date; expires_at: Date | null; last_used_at: Date | null }

/** The ceiling of a key for a request from this address. */
export function keyCeilingOf(row: Row, address: string): ApiKeyCeiling {
  const stored = row.ceiling as StoredKeyCeiling
  const { networks } = stored
  const { idleLimit, lastUsedAt } = idlenessOf(row)
  return {
    permissions: stored.permissions?.filter((text): text is Permission => isPermission(text)) ?? 'all',
    scopes: stored.scopes ?? 'all',
    ...(stored.patterns ? { patterns: readPatterns(stored.patterns) } : {}),
    ...(networks ? { networkAllowed: isTrusted(address, networks) } : {}),
    ...(row.expires_at ? { endsAt: row.expires_at.getTime() } : {}),
    ...(idleLimit === undefined ? {} : { idleLimit, lastUsedAt }),
  }
}

const day = 24 * 60 * 60_000

/** After how long without use a key stops, and when it was used last; one that never was counts from its making. */
export function idlenessOf(row: Omit<Row, 'expires_at'>): { idleLimit?: number; lastUsedAt: number } {
  const { idle_days } = row.ceiling as StoredKeyCeiling
  const lastUsedAt = (row.last_used_at ?? row.created_at).getTime()
  return { lastUsedAt, ...(idle_days === undefined ? {} : { idleLimit: idle_days * day }) }
}

/** Stored patterns as the core reads them. A text that no longer parses covers nothing. */
export function readPatterns(stored: StoredPattern[]): RecordPattern[] {
  return stored.flatMap(({ names, types }) =>
    names.flatMap((name) => {
      const parsed = readPattern(name, types)
      return 'pattern' in parsed ? [parsed.pattern] : []
    }),
  )
}

type PatternRead = { pattern: RecordPattern } | { error: string; of: 'names' | 'types' }

/** One pattern text with its types, or what is wrong with it, and in which of both. */
export function readPattern(text: string, types?: string[]): PatternRead {
  if (types === undefined) {
    const read = parseRecordPattern(text)
    return read.ok ? { pattern: read.value } : { error: read.error, of: 'names' }
  }
  // An empty list is not "all of them": whoever narrows types away must not be given every one.
  if (types.length === 0) return { error: 'No type is named: name some such as TXT, or leave them out', of: 'types' }
  const unknown = types.find((type) => type.toLowerCase() !== 'all' && typeNumber(type) === undefined)
  if (unknown !== undefined) return { error: `There is no record type "${unknown}": write such as TXT`, of: 'types' }
  const alone = parseRecordPattern(text)
  if (!alone.ok) return { error: alone.error, of: 'names' }
  const read = parseRecordPattern(`${text} ${types.join(',')}`)
  return read.ok ? { pattern: read.value } : { error: read.error, of: 'types' }
}

/** Whether a key does all that its owner may: then its owner's log, and other keys, are its own too. */
export function isWhole({ permissions, scopes, patterns, networkAllowed }: ApiKeyCeiling): boolean {
  return permissions === 'all' && scopes === 'all' && patterns === undefined && networkAllowed === undefined
}
