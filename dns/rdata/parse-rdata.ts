import { toByteText } from '../names/byte-text.ts'
import { nameToWire } from '../names/parse-name.ts'
import { checkRdata } from './check-rdata.ts'
import { writeHexRest } from './kinds/blobs.ts'
import { MAX_RDATA, makeSink, type Source, shown, TOO_LONG } from './kinds/field-kind.ts'
import { digits } from './kinds/numbers.ts'
import { type Layout, layoutOf } from './layouts.ts'
import { splitTokens } from './tokens.ts'
import { isMetaType, TYPE, typeName } from './type-numbers.ts'

// One for all calls: nothing here waits, so no two records are written at once.
const sink = makeSink()

/**
 * Reads a record's data as zone files write it. Relative names are completed with `origin` (a normal name); every type
 * also takes the form `\# length hex` of RFC 3597 §5, and types that are not understood take only that. Errors name
 * the type and the field.
 *
 * @example parseRdata(15, '10 mail', 'example.com.')
 * // { rdata: Uint8Array [0, 10, 4, 109, 97, 105, 108, …] }
 * @example parseRdata(1, '192.0.2.256')
 * // { error: 'A address: expected an IPv4 address such as 192.0.2.1, found "192.0.2.256"' }
 */
export function parseRdata(type: number, text: string, origin?: string): { rdata: Uint8Array } | { error: string } {
  const split = splitTokens(toByteText(text), hasPairs(type))
  if ('error' in split) return { error: `${typeName(type)}: ${split.error}` }
  const originWire = origin === undefined ? undefined : nameToWire(origin)
  const rdata = readRdata(type, { tokens: split.tokens, next: 0, count: split.tokens.length, origin: originWire })
  return typeof rdata === 'string' ? { error: rdata } : { rdata }
}

/** Do quotes after a `=` belong to the token (RFC 9460 §2.1)? */
export function hasPairs(type: number): boolean {
  return type === TYPE.SVCB || type === TYPE.HTTPS
}

/** The wire form of the tokens left, or a sentence. The loop of zone files, so it allocates only what it answers. */
export function readRdata(type: number, source: Source): Uint8Array | string {
  sink.pos = 0
  if (source.tokens[source.next] === '\\#' && source.next < source.count) return readGeneric(type, source)
  const layout = layoutOf(type)
  if (layout === undefined) return opaqueError(type)
  const kinds = layout.kinds
  for (let i = 0; i < kinds.length; i++) {
    const problem = kinds[i]?.parse(source, sink)
    if (problem !== undefined) return `${typeName(type)} ${layout.fields[i]?.name}: ${problem}`
    if (sink.pos > MAX_RDATA) return `${typeName(type)} ${layout.fields[i]?.name}: ${TOO_LONG}`
  }
  if (source.next < source.count) return leftOver(type, layout, source)
  const rdata = sink.bytes.slice(0, sink.pos)
  const problem = layout.rule?.(rdata)
  return problem === undefined ? rdata : `${typeName(type)}: ${problem}`
}

function readGeneric(type: number, source: Source): Uint8Array | string {
  source.next++
  const length = digits(source.tokens[source.next++] ?? '')
  if (length < 0 || length > MAX_RDATA) return `${typeName(type)}: after \\# stands the length, 0 to ${MAX_RDATA}`
  const problem = source.next < source.count ? writeHexRest(source, sink) : undefined
  if (problem !== undefined) return `${typeName(type)}: ${problem}`
  if (sink.pos !== length) return `${typeName(type)}: \\# says ${length} bytes, but ${sink.pos} follow`
  const rdata = sink.bytes.slice(0, sink.pos)
  return checkRdata(type, rdata) ?? rdata
}

function leftOver(type: number, layout: Layout, source: Source): string {
  const count = layout.fields.length
  const advice = type === TYPE.TXT ? '; put the text in double quotes' : ''
  return `${typeName(type)} has ${count} field${count === 1 ? '' : 's'}; ${shown(source.tokens[source.next])} is left over${advice}`
}

function opaqueError(type: number): string {
  if (isMetaType(type)) return `${typeName(type)} is not a type that a zone can hold`
  return `${typeName(type)} is not understood; write its data as \\# length hexadecimal`
}
