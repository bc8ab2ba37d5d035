import { ipv4, ipv6 } from './addresses.ts'
import { type FieldKind, shown, take } from './field-kind.ts'
import { name } from './names.ts'

const nothing: FieldKind = {
  parse(source) {
    const token = take(source)
    return token === '.' ? undefined : `expected "." because the type says there is none, found ${shown(token)}`
  },
  end: (_bytes, at) => at,
  print: () => '.',
}

// The number in front says what follows (RFC 4025 §2.5, RFC 8777 §4.2.3).
const FORMS: Readonly<Record<number, FieldKind>> = { 0: nothing, 1: ipv4, 2: ipv6, 3: name }

/** IPSECKEY's gateway, whose type stands two bytes before it (RFC 4025 §2.1). */
export const gateway: FieldKind = {
  parse(source, sink) {
    const type = sink.bytes[sink.pos - 2] ?? 0
    const form = FORMS[type]
    return form === undefined
      ? `has the type ${type}; known are 0 (none), 1 (IPv4), 2 (IPv6) and 3 (a name)`
      : form.parse(source, sink)
  },
  end: (bytes, at, end) => FORMS[bytes[at - 2] ?? 0]?.end(bytes, at, end) ?? -1,
  print: (bytes, at, end, origin) => FORMS[bytes[at - 2] ?? 0]?.print(bytes, at, end, origin) ?? '',
}

/** AMTRELAY after its precedence: the discovery bit, the relay's type and the relay (RFC 8777 §4.3). */
export const relay: FieldKind = {
  parse(source, sink) {
    const discovery = take(source)
    const form = take(source)
    if (discovery !== '0' && discovery !== '1') return `expected 0 or 1 for discovery, found ${shown(discovery)}`
    if (form === undefined || !/^[0-3]$/.test(form)) return `expected a relay type from 0 to 3, found ${shown(form)}`
    sink.bytes[sink.pos++] = Number(discovery) * 128 + Number(form)
    return FORMS[Number(form)]?.parse(source, sink)
  },
  end: (bytes, at, end) => (at < end ? (FORMS[(bytes[at] ?? 0) & 127]?.end(bytes, at + 1, end) ?? -1) : -1),
  print(bytes, at, end, origin) {
    const first = bytes[at] ?? 0
    return `${first >> 7} ${first & 127} ${FORMS[first & 127]?.print(bytes, at + 1, end, origin) ?? ''}`
  },
}
