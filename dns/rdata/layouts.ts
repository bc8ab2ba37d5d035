import { checkSubstitution } from './check-substitution.ts'
import type { FieldKind } from './kinds/field-kind.ts'
import { KINDS } from './kinds.ts'
import { type RdataField, TYPE_TABLE } from './type-table.ts'

/** A type's fields with their kinds at hand. `rule` is what a single field cannot see. */
export type Layout = {
  fields: readonly RdataField[]
  kinds: readonly FieldKind[]
  rule: ((rdata: Uint8Array) => string | undefined) | undefined
}

const DIGEST_LENGTH: Readonly<Record<number, number>> = { 1: 20, 2: 32, 3: 32, 4: 48 }

function checkDigest(rdata: Uint8Array): string | undefined {
  const length = DIGEST_LENGTH[rdata[3] ?? 0]
  if (length === undefined || rdata.length === 4 + length) return undefined
  return `digest type ${rdata[3]} has ${length} bytes, not ${rdata.length - 4}`
}

function checkFingerprint(rdata: Uint8Array): string | undefined {
  const length = { 1: 20, 2: 32 }[rdata[1] ?? 0]
  if (length === undefined || rdata.length === 2 + length) return undefined
  return `fingerprint type ${rdata[1]} has ${length} bytes, not ${rdata.length - 2}`
}

function checkKeyOfGateway(rdata: Uint8Array): string | undefined {
  const hasKey = KINDS.gateway.end(rdata, 3, rdata.length) < rdata.length
  return rdata[2] === 0 || hasKey ? undefined : 'the key is missing; algorithm 0 means that there is none'
}

function checkZoneDigest(rdata: Uint8Array): string | undefined {
  const length = { 1: 48, 2: 64 }[rdata[5] ?? 0] ?? rdata.length - 6
  if (rdata.length - 6 < 12) return 'the digest has at least 12 bytes'
  return rdata.length - 6 === length ? undefined : `hash ${rdata[5]} has ${length} bytes, not ${rdata.length - 6}`
}

const RULES: Readonly<Record<number, (rdata: Uint8Array) => string | undefined>> = {
  19: (rdata) =>
    /^\d{4,}$/.test(String.fromCharCode(...rdata.subarray(1))) ? undefined : 'the address has at least four digits',
  35: checkSubstitution,
  43: checkDigest,
  44: checkFingerprint,
  45: checkKeyOfGateway,
  57: (rdata) => (rdata[0] === 0 && rdata[1] === 0 ? undefined : 'the flags are 0'),
  59: checkDigest,
  63: checkZoneDigest,
  256: (rdata) => (rdata.length > 4 ? undefined : 'the target is missing'),
  32768: checkDigest,
  32769: checkDigest,
}

const LAYOUTS = new Map<number, Layout>(
  Object.entries(TYPE_TABLE).map(([type, fields]) => [
    Number(type),
    { fields, kinds: fields.map((one) => KINDS[one.kind]), rule: RULES[Number(type)] },
  ]),
)

/** How a type's data is laid out; undefined for a type that is opaque bytes. */
export function layoutOf(type: number): Layout | undefined {
  return LAYOUTS.get(type)
}

/** Can data of this type hold domain names? */
export function hasNames(type: number): boolean {
  const fields = LAYOUTS.get(type)?.fields
  return fields?.some((one) => one.kind === 'name' || one.kind === 'gateway') ?? false
}
