import { checkRdata } from './check-rdata.ts'
import { printHex } from './kinds/blobs.ts'
import { layoutOf } from './layouts.ts'

/**
 * A record's data as zone files write it, on one line, so that `parseRdata` reads the same bytes back. Names are
 * absolute, or relative to `origin` when it is given. Types that are not understood, and data that does not fit its
 * type, are printed as `\# length hex` (RFC 3597 §5).
 *
 * @example printRdata(16, new Uint8Array([2, 104, 105]))
 * // '"hi"'
 */
export function printRdata(type: number, rdata: Uint8Array, options: { origin?: string } = {}): string {
  const layout = layoutOf(type)
  if (layout === undefined || checkRdata(type, rdata) !== undefined) return printGeneric(rdata)
  return printKnown(type, rdata, options.origin)
    .filter((part) => part !== '')
    .join(' ')
}

/** The printed fields of data that fits its type, one text a field. */
export function printKnown(type: number, rdata: Uint8Array, origin: string | undefined): string[] {
  const parts: string[] = []
  let at = 0
  for (const kind of layoutOf(type)?.kinds ?? []) {
    const end = kind.end(rdata, at, rdata.length)
    parts.push(kind.print(rdata, at, end, origin))
    at = end
  }
  return parts
}

/** The form for any bytes (RFC 3597 §5). */
export function printGeneric(rdata: Uint8Array): string {
  return rdata.length === 0 ? '\\# 0' : `\\# ${rdata.length} ${printHex(rdata, 0, rdata.length)}`
}
