import { bytesToByteText } from '../names/byte-text.ts'
import { namesInRdata } from './check-rdata.ts'
import { hasNames } from './layouts.ts'

/**
 * A text under which two records' data are equal when DNS says so: the bytes, with names inside in lower case
 * (RFC 4034 §6.2, and RFC 6840 §5.1 for which types). One character per byte.
 */
export function rdataKey(type: number, rdata: Uint8Array): string {
  const key = bytesToByteText(rdata)
  if (!hasNames(type)) return key
  if (!/[A-Z]/.test(key)) return key
  let folded = ''
  let at = 0
  for (const { offset, length } of namesInRdata(type, rdata)) {
    folded += key.slice(at, offset) + foldBytes(key.slice(offset, offset + length))
    at = offset + length
  }
  return folded + key.slice(at)
}

/** Do two data of one type mean the same? Names inside are compared without case. */
export function sameRdata(type: number, a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && rdataKey(type, a) === rdataKey(type, b)
}

// Lengths of labels are below 64, so they are never taken for letters.
function foldBytes(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}
