const NOT_ASCII = /[\u0080-\uffff]/
const encoder = new TextEncoder()

/**
 * Text in which every character is one byte. What people type may hold any Unicode; name servers read bytes, so
 * characters beyond ASCII become the bytes of their UTF-8 form, as BIND reads them from a file.
 */
export function toByteText(text: string): string {
  return NOT_ASCII.test(text) ? bytesToByteText(encoder.encode(text)) : text
}

/** One character per byte, made in slices because a call takes only so many arguments. */
export function bytesToByteText(bytes: Uint8Array): string {
  if (bytes.length <= 4096) return String.fromCharCode.apply(null, bytes as unknown as number[])
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 4096) {
    parts.push(String.fromCharCode.apply(null, bytes.subarray(at, at + 4096) as unknown as number[]))
  }
  return parts.join('')
}

const DIGITS: readonly string[] = Array.from({ length: 256 }, (_, byte) => `\\${String(byte).padStart(3, '0')}`)

/** A byte as `\DDD` (RFC 1035 §5.1). */
export function decimalEscape(byte: number): string {
  return DIGITS[byte] ?? ''
}

/**
 * Reads the escape whose backslash stands at `at`: `\DDD` or `\c`. Answers the byte and how many characters it took,
 * packed as `length * 256 + byte` so that the hot loops allocate nothing; -1 when it is no escape.
 */
export function readEscape(text: string, at: number): number {
  const first = text.charCodeAt(at + 1)
  if (Number.isNaN(first)) return -1
  if (first < 48 || first > 57) return first > 255 ? -1 : 2 * 256 + first
  const second = text.charCodeAt(at + 2) - 48
  const third = text.charCodeAt(at + 3) - 48
  if (!(second >= 0 && second <= 9 && third >= 0 && third <= 9)) return -1
  const byte = (first - 48) * 100 + second * 10 + third
  return byte > 255 ? -1 : 4 * 256 + byte
}
