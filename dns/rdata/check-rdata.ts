import { KINDS } from './kinds.ts'
import { layoutOf } from './layouts.ts'
import { isMetaType, typeName } from './type-numbers.ts'
import { isCompressible } from './type-table.ts'

/** A name inside a record's data, from `offset`, `length` bytes long in its uncompressed form. */
export type NameInRdata = { offset: number; length: number; compressible: boolean }

/**
 * What is wrong with a record's data in uncompressed wire form; undefined when nothing is. Types that are not
 * understood may hold any bytes (RFC 3597).
 *
 * @example checkRdata(1, new Uint8Array([192, 0, 2]))
 * // 'A address: the bytes end too early or are malformed'
 */
export function checkRdata(type: number, rdata: Uint8Array): string | undefined {
  if (rdata.length > 65535) return `${typeName(type)} data is longer than 65535 bytes`
  if (isMetaType(type)) return `${typeName(type)} is not a type that a zone can hold`
  const layout = layoutOf(type)
  if (layout === undefined) return undefined
  let at = 0
  for (let i = 0; i < layout.kinds.length; i++) {
    at = layout.kinds[i]?.end(rdata, at, rdata.length) ?? -1
    if (at < 0) return `${typeName(type)} ${layout.fields[i]?.name}: the bytes end too early or are malformed`
  }
  if (at !== rdata.length) return `${typeName(type)} data has ${rdata.length - at} bytes too many`
  const problem = layout.rule?.(rdata)
  return problem === undefined ? undefined : `${typeName(type)}: ${problem}`
}

/**
 * The names inside a record's data, in order; none when it is malformed. Only those of RFC 1035's types may be
 * compressed in messages (RFC 3597 §4).
 *
 * @example namesInRdata(15, new Uint8Array([0, 10, 1, 97, 0]))
 * // [{ offset: 2, length: 3, compressible: true }]
 */
export function namesInRdata(type: number, rdata: Uint8Array): NameInRdata[] {
  const found: NameInRdata[] = []
  const layout = layoutOf(type)
  if (layout === undefined) return found
  let at = 0
  for (const kind of layout.kinds) {
    const end = kind.end(rdata, at, rdata.length)
    if (end < 0) return []
    const isName = kind === KINDS.name || (kind === KINDS.gateway && rdata[at - 2] === 3)
    if (isName) found.push({ offset: at, length: end - at, compressible: isCompressible(type) })
    at = end
  }
  return found
}

/**
 * The uncompressed form of data as it stands at `start`..`end` of a message, where names may be compressed.
 * `readName` answers the uncompressed wire form of the name at an offset and where it ends in the message, or
 * undefined for a bad one. Data that does not fit its type is an error.
 */
export function expandRdata(
  type: number,
  message: Uint8Array,
  start: number,
  end: number,
  readName: (offset: number) => { wire: Uint8Array; end: number } | undefined,
): { rdata: Uint8Array } | { error: string } {
  const kinds = layoutOf(type)?.kinds
  if (kinds === undefined || !kinds.includes(KINDS.name)) return { rdata: message.slice(start, end) }
  const parts: Uint8Array[] = []
  let at = start
  for (const kind of kinds) {
    const name = kind === KINDS.name && at < end ? readName(at) : undefined
    const next = kind === KINDS.name ? (name?.end ?? -1) : kind.end(message, at, end)
    if (next < 0 || next > end) return { error: `${typeName(type)} data is cut or malformed` }
    parts.push(name?.wire ?? message.subarray(at, next))
    at = next
  }
  return at === end ? { rdata: joinParts(parts) } : { error: `${typeName(type)} data has ${end - at} bytes too many` }
}

function joinParts(parts: Uint8Array[]): Uint8Array {
  const rdata = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    rdata.set(part, at)
    at += part.length
  }
  return rdata
}
