import { bytesToByteText, toByteText } from '../names/byte-text.ts'
import { quote } from './kinds/text-strings.ts'
import { parseRdata } from './parse-rdata.ts'
import { TYPE } from './type-numbers.ts'

const PIECE = 255

/**
 * A text of any length as the data of a TXT record: quoted, in pieces of 255 bytes. Nothing in it is an escape; a
 * backslash is a backslash. Characters beyond ASCII become their UTF-8 bytes.
 *
 * @example splitTxt('v=DKIM1; k="rsa"')
 * // '"v=DKIM1; k=\\"rsa\\""'
 */
export function splitTxt(text: string): string {
  const bytes = Uint8Array.from(toByteText(text), (char) => char.charCodeAt(0))
  const pieces: string[] = []
  for (let at = 0; at < bytes.length || at === 0; at += PIECE) {
    pieces.push(quote(bytes, at, Math.min(at + PIECE, bytes.length)))
  }
  return pieces.join(' ')
}

/**
 * The text of a TXT record's data without quotes, escapes and cuts. Bytes that are not UTF-8 become U+FFFD; data that
 * is not TXT is answered as it is.
 *
 * @example joinTxt('"v=DKIM1; " "p=AAAA"')
 * // 'v=DKIM1; p=AAAA'
 */
export function joinTxt(data: string): string {
  const parsed = parseRdata(TYPE.TXT, data)
  if ('error' in parsed) return data
  const pieces: string[] = []
  for (let at = 0; at < parsed.rdata.length; at += 1 + (parsed.rdata[at] ?? 0)) {
    pieces.push(bytesToByteText(parsed.rdata.subarray(at + 1, at + 1 + (parsed.rdata[at] ?? 0))))
  }
  const bytes = Uint8Array.from(pieces.join(''), (char) => char.charCodeAt(0))
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

/**
 * The data of a TXT record with every quoted string of more than 255 bytes cut into pieces that a record can hold (RFC
 * 1035, section 3.3): people paste a whole DKIM key. Escapes stay whole and count one byte.
 *
 * @example splitLongStrings('"v=spf1 -all"')
 * // '"v=spf1 -all"'
 */
export function splitLongStrings(data: string): string {
  if (data.length <= PIECE) return data
  return data.replace(/"((?:[^"\\]|\\.)*)"/gs, (_, inner: string) => {
    const pieces = ['']
    let size = 0
    for (const [unit] of inner.matchAll(/\\\d{3}|\\.|[^\\]/gsu)) {
      const bytes = unit.startsWith('\\') ? 1 : new TextEncoder().encode(unit).length
      if (size + bytes > PIECE) {
        pieces.push('')
        size = 0
      }
      pieces[pieces.length - 1] += unit
      size += bytes
    }
    return pieces.map((piece) => `"${piece}"`).join(' ')
  })
}
