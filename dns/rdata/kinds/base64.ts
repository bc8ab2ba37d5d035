import { bytesToByteText } from '../../names/byte-text.ts'
import { MAX_RDATA, type Sink, type Source, shown, TOO_LONG } from './field-kind.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Int8Array(256).fill(-1)
for (let i = 0; i < 64; i++) VALUES[ALPHABET.charCodeAt(i)] = i
const PAD = 61

/** Reads all tokens left as one base64 text (RFC 4648 §4), padding required, spare bits zero. */
export function writeBase64(source: Source, sink: Sink): string | undefined {
  let held = 0
  let bits = 0
  let count = 0
  let pads = 0
  while (source.next < source.count) {
    const token = source.tokens[source.next++] ?? ''
    if (sink.pos + (token.length * 3) / 4 > MAX_RDATA + 3) return TOO_LONG
    for (let i = 0; i < token.length; i++) {
      const code = token.charCodeAt(i)
      count++
      if (code === PAD) {
        pads++
        continue
      }
      const value = code < 256 ? (VALUES[code] as number) : -1
      if (value < 0 || pads > 0) return `expected base64 text, found ${shown(token)}`
      held = ((held << 6) | value) & 0xffff
      bits += 6
      if (bits >= 8) {
        bits -= 8
        sink.bytes[sink.pos++] = held >> bits
      }
    }
  }
  if (count % 4 !== 0 || pads > 2) return 'the base64 text is cut: its length is not a multiple of four'
  return (held & ((1 << bits) - 1)) !== 0 ? 'the base64 text ends in bits that belong to no byte' : undefined
}

/** Bytes `from`..`to` as base64 in one piece. */
export function printBase64(bytes: Uint8Array, from: number, to: number): string {
  return btoa(bytesToByteText(bytes.subarray(from, to)))
}
