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
