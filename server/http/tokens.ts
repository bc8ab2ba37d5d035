import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
export type TokenKind = 'key' | 'guest' | 'session' | 'invite' | 'setup'

/**
 * `zw_<kind>_<43 base62><6 base62 of CRC-32>`: 256 random bits, and a checksum that tells a mistyped or cut token from
 * a wrong one before the database is asked.
 * @example newToken('key').startsWith('zw_key_') // true
 */
export function newToken(kind: TokenKind): string {
  const body = base62(BigInt(`0x${randomBytes(32).toString('hex')}`), 43)
  return `zw_${kind}_${body}${checksum(kind, body)}`
}

/** SHA-256 of a well-formed token of this kind: what the database keeps. null: not a token of ours. */
export function hashToken(kind: TokenKind, token: string): Buffer | null {
  const prefix = `zw_${kind}_`
  if (!token.startsWith(prefix) || token.length !== prefix.length + 49) return null
  const body = token.slice(prefix.length, -6)
  if (checksum(kind, body) !== token.slice(-6)) return null
  return createHash('sha256').update(token).digest()
}

function checksum(kind: string, body: string): string {
  return base62(BigInt(crc32(`${kind}:${body}`)), 6)
}

function base62(number: bigint, length: number): string {
  let text = ''
  for (let rest = number; text.length < length; rest /= 62n) text = `${alphabet[Number(rest % 62n)]}${text}`
  return text
}
