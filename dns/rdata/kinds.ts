import { addressPrefixes } from './kinds/address-prefixes.ts'
import { ipv4, ipv6 } from './kinds/addresses.ts'
import { base32hex, base64, eui48, eui64, hex, hexGroups, nsap, optionalBase64, salt } from './kinds/blobs.ts'
import type { FieldKind } from './kinds/field-kind.ts'
import { gateway, relay } from './kinds/gateway.ts'
import { hostIdentity } from './kinds/host-identity.ts'
import { location } from './kinds/location.ts'
import { name, names } from './kinds/names.ts'
import { algorithm, certificateType, digestType, time, ttl, type, u8, u16, u32 } from './kinds/numbers.ts'
import { serviceParams } from './kinds/service-params.ts'
import { optionalString, string, strings, tag, text } from './kinds/text-strings.ts'
import { fullTypeBitmap, typeBitmap } from './kinds/type-bitmap.ts'

/** Every kind of field that a type's row in the table may name. */
export const KINDS = {
  addressPrefixes,
  algorithm,
  base32hex,
  base64,
  certificateType,
  digestType,
  eui48,
  eui64,
  fullTypeBitmap,
  gateway,
  hex,
  hexGroups,
  hostIdentity,
  ipv4,
  ipv6,
  location,
  name,
  names,
  nsap,
  optionalBase64,
  optionalString,
  relay,
  salt,
  serviceParams,
  string,
  strings,
  tag,
  text,
  time,
  ttl,
  type,
  typeBitmap,
  u8,
  u16,
  u32,
} satisfies Record<string, FieldKind>

export type KindName = keyof typeof KINDS
