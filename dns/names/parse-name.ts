import { toByteText } from './byte-text.ts'
import { nameEnd, printName } from './print-name.ts'
import { MAX_NAME, nameError, writeName } from './write-name.ts'

// Names of letters, digits, `-`, `_` and `*` only are nearly all there are, and are their own normal form.
const PLAIN = /^(?:[A-Za-z0-9_*-]{1,63}\.)+$/
const PLAIN_RELATIVE = /^[A-Za-z0-9_*-]{1,63}(?:\.[A-Za-z0-9_*-]{1,63})*$/
const scratch = new Uint8Array(512)

export type ParsedName = { name: string } | { error: string }

/**
 * Reads a domain name as people and zone files write it into its normal form: absolute, with the final dot, the case
 * kept, escapes as BIND prints them (RFC 1035 §5.1, RFC 4343). A name without a final dot is completed with `origin`
 * (a normal name); `@` is the origin. Errors name the text and the limit of RFC 1035 §2.3.4 it breaks.
 *
 * @example parseName('www', 'example.com.')
 * // { name: 'www.example.com.' }
 * @example parseName('a\\046b.Example.')
 * // { name: 'a\\.b.Example.' }
 */
export function parseName(text: string, origin?: string): ParsedName {
  const name = normalName(toByteText(text), origin)
  return typeof name === 'string' ? { name } : { error: nameError(name, text) }
}

/** The same for text that already is one character per byte; a negative code of `nameError` instead of a sentence. */
export function normalName(text: string, origin: string | undefined): string | number {
  if (text.length < MAX_NAME) {
    if (PLAIN.test(text)) return text
    if (origin !== undefined && text.length + origin.length < MAX_NAME && PLAIN_RELATIVE.test(text)) {
      if (origin === '.') return `${text}.`
      if (PLAIN.test(origin)) return `${text}.${origin}`
    }
  }
  const originWire = origin === undefined ? undefined : nameToWire(origin)
  const end = writeName(text, originWire, scratch, 0)
  return end < 0 ? end : printName(scratch, 0)
}

const wireScratch = new Uint8Array(512)

/**
 * The uncompressed wire form (RFC 1035 §3.1) of a normal name, as `parseName` gives it. A text that is no name gives
 * an empty array.
 *
 * @example nameToWire('a.example.')
 * // Uint8Array [1, 97, 7, 101, 120, 97, 109, 112, 108, 101, 0]
 */
export function nameToWire(name: string): Uint8Array {
  const end = writeName(name, undefined, wireScratch, 0)
  return wireScratch.slice(0, Math.max(end, 0))
}

/**
 * Reads the uncompressed name that starts at `at`; `end` is the offset after it.
 *
 * @example wireToName(new Uint8Array([3, 97, 46, 98, 0]))
 * // { name: 'a\\.b.', end: 5 }
 */
export function wireToName(bytes: Uint8Array, at = 0): { name: string; end: number } | { error: string } {
  const end = nameEnd(bytes, at, bytes.length)
  if (end < 0) return { error: 'no whole domain name stands here: a label is cut, too long or compressed' }
  return { name: printName(bytes, at), end }
}
