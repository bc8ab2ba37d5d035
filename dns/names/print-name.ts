import { decimalEscape } from './byte-text.ts'
import { MAX_LABEL, MAX_NAME } from './write-name.ts'

// What stands for a byte of a label: itself, `\c` for the characters that mean something in a zone file (the ones BIND
// escapes), `\DDD` for what cannot be seen.
const SHOWN: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte)
  if ('."\\;()@$'.includes(char)) return `\\${char}`
  return byte > 32 && byte < 127 ? char : decimalEscape(byte)
})

/** The bytes `from`..`to` of one label in presentation form. */
export function printLabel(bytes: Uint8Array, from: number, to: number): string {
  let text = ''
  for (let i = from; i < to; i++) text += SHOWN[bytes[i] as number]
  return text
}

/** Where the uncompressed name at `at` ends, or -1 if no whole, well-formed name stands there before `end`. */
export function nameEnd(bytes: Uint8Array, at: number, end: number): number {
  let pos = at
  while (pos < end) {
    const length = bytes[pos] as number
    if (length > MAX_LABEL) return -1
    pos += length + 1
    if (length === 0) return pos - at > MAX_NAME ? -1 : pos
  }
  return -1
}

/** The presentation form of the uncompressed name at `at`, which `nameEnd` has accepted. */
export function printName(bytes: Uint8Array, at: number): string {
  let pos = at
  let length = bytes[pos] as number
  if (length === 0) return '.'
  let text = ''
  while (length !== 0) {
    text += `${printLabel(bytes, pos + 1, pos + 1 + length)}.`
    pos += length + 1
    length = bytes[pos] as number
  }
  return text
}
