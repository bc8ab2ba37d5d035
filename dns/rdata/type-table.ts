import type { KindName } from './kinds.ts'

/** One field of a type: its name in the RFC, its kind, and what a person should put there. */
export type RdataField = { name: string; kind: KindName; help: string }

const field = (name: string, kind: KindName, help: string): RdataField => ({ name, kind, help })

const NAME_OF_HOST = 'A host name. Without a final dot it is inside the zone.'

const key: readonly RdataField[] = [
  field('flags', 'u16', '256 for a zone-signing key, 257 for a key-signing key.'),
  field('protocol', 'u8', 'Always 3.'),
  field('algorithm', 'algorithm', 'The signing algorithm, such as 13 or ECDSAP256SHA256.'),
  field('key', 'base64', 'The public key in base64.'),
]
const oldKey = key.map((one) => (one.name === 'key' ? { ...one, kind: 'optionalBase64' as const } : one))
const digest: readonly RdataField[] = [
  field('keyTag', 'u16', 'The tag of the key it stands for.'),
  field('algorithm', 'algorithm', 'The algorithm of that key, such as 13.'),
  field('digestType', 'digestType', '2 for SHA-256, 4 for SHA-384.'),
  field('digest', 'hex', 'The digest in hexadecimal.'),
]
const signature: readonly RdataField[] = [
  field('typeCovered', 'type', 'The record type that is signed.'),
  field('algorithm', 'algorithm', 'The signing algorithm.'),
  field('labels', 'u8', 'How many labels the signed name has.'),
  field('originalTtl', 'ttl', 'The TTL that was signed, in seconds.'),
  field('expiration', 'time', 'Valid until, as YYYYMMDDHHmmSS in UTC.'),
  field('inception', 'time', 'Valid from, as YYYYMMDDHHmmSS in UTC.'),
  field('keyTag', 'u16', 'The tag of the signing key.'),
  field('signer', 'name', 'The zone that signed.'),
  field('signature', 'base64', 'The signature in base64.'),
]
const certificateMatch: readonly RdataField[] = [
  field('usage', 'u8', '3: this certificate. 2: this authority. 1 and 0: the same, and publicly trusted.'),
  field('selector', 'u8', '0: the whole certificate. 1: its public key.'),
  field('matchingType', 'u8', '0: the data itself. 1: its SHA-256. 2: its SHA-512.'),
  field('data', 'hex', 'The data or its hash in hexadecimal.'),
]
const service: readonly RdataField[] = [
  field('priority', 'u16', '0 makes it an alias; otherwise lower numbers are tried first.'),
  field('target', 'name', 'The host that serves; a dot alone means this very name.'),
  field('params', 'serviceParams', 'Parameters such as alpn="h2,h3" port=8443.'),
]
const nsec3: readonly RdataField[] = [
  field('hashAlgorithm', 'u8', 'Always 1 (SHA-1).'),
  field('flags', 'u8', '1 for opt-out, else 0.'),
  field('iterations', 'u16', 'Extra rounds of hashing; 0 is best.'),
  field('salt', 'salt', 'Hexadecimal, or - for none.'),
]
const oneName = (name: string, help = NAME_OF_HOST): readonly RdataField[] => [field(name, 'name', help)]
const preferred = (name: string, kind: KindName, help: string): readonly RdataField[] => [
  field('preference', 'u16', 'Lower numbers are tried first.'),
  field(name, kind, help),
]
const texts: readonly RdataField[] = [field('text', 'strings', 'Any text; long text is cut into pieces by itself.')]

/** The fields of every type that is understood, by number. Each other type is opaque bytes (RFC 3597). */
export const TYPE_TABLE: Readonly<Record<number, readonly RdataField[]>> = {
  1: [field('address', 'ipv4', 'An IPv4 address such as 192.0.2.1.')],
  2: oneName('host', 'A name server of this zone.'),
  5: oneName('target', 'The name this one is an alias of.'),
  6: [
    field('primary', 'name', 'The first name server.'),
    field('mailbox', 'name', 'The mail address of who answers for the zone, with a dot in place of the @.'),
    field('serial', 'u32', 'The version of the zone; it only grows.'),
    field('refresh', 'ttl', 'How often secondaries look for a new version, in seconds.'),
    field('retry', 'ttl', 'How long they wait after a failure, in seconds.'),
    field('expire', 'ttl', 'How long they answer without having seen the primary, in seconds.'),
    field('minimum', 'ttl', 'How long "no such name" may be remembered, in seconds.'),
  ],
  7: oneName('host'),
  8: oneName('mailbox'),
  9: oneName('newName'),
  12: oneName('target', 'The name that this address has.'),
  13: [field('cpu', 'string', 'The kind of machine.'), field('os', 'string', 'Its operating system.')],
  14: [
    field('responsible', 'name', 'The mailbox that answers for the list.'),
    field('errors', 'name', 'The mailbox that gets the errors.'),
  ],
  15: preferred('host', 'name', 'The mail server; a dot alone means that there is no mail here.'),
  16: texts,
  17: [
    field('mailbox', 'name', 'The mail address of a person, with a dot in place of the @.'),
    field('text', 'name', 'A name with TXT records that say more, or a dot.'),
  ],
  18: [field('subtype', 'u16', '1 for AFS, 2 for DCE.'), field('host', 'name', 'The server.')],
  19: [field('address', 'string', 'The X.121 address in digits.')],
  20: [
    field('address', 'string', 'The ISDN number.'),
    field('subaddress', 'optionalString', 'The sub-address, if there is one.'),
  ],
  21: preferred('host', 'name', 'The host to route through.'),
  22: [field('address', 'nsap', 'The NSAP address as 0x and hexadecimal.')],
  23: oneName('target'),
  24: signature,
  25: oldKey,
  26: [
    field('preference', 'u16', 'Lower numbers are tried first.'),
    field('map822', 'name', 'The domain in Internet mail.'),
    field('mapX400', 'name', 'The domain in X.400.'),
  ],
  27: [
    field('longitude', 'string', 'Degrees east, such as 13.40.'),
    field('latitude', 'string', 'Degrees north, such as 52.52.'),
    field('altitude', 'string', 'Metres above sea level.'),
  ],
  28: [field('address', 'ipv6', 'An IPv6 address such as 2001:db8::1.')],
  29: [field('location', 'location', 'Such as 52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m.')],
  33: [
    field('priority', 'u16', 'Lower numbers are tried first.'),
    field('weight', 'u16', 'The share among equal priorities.'),
    field('port', 'u16', 'The port of the service.'),
    field('target', 'name', 'The host that serves; a dot alone means that there is no such service.'),
  ],
  35: [
    field('order', 'u16', 'Lower numbers come first.'),
    field('preference', 'u16', 'Lower numbers first among equal orders.'),
    field('flags', 'string', 'Such as u or s.'),
    field('services', 'string', 'Such as E2U+sip.'),
    field('regexp', 'string', 'The substitution, or nothing.'),
    field('replacement', 'name', 'The next name, or a dot.'),
  ],
  36: preferred('host', 'name', 'The host that exchanges keys.'),
  37: [
    field('certificateType', 'certificateType', 'Such as PKIX or 1.'),
    field('keyTag', 'u16', 'The tag of the key, or 0.'),
    field('algorithm', 'algorithm', 'The algorithm of the key, or 0.'),
    field('certificate', 'base64', 'The certificate in base64.'),
  ],
  39: oneName('target', 'The name under which everything below this one is found.'),
  42: [field('prefixes', 'addressPrefixes', 'Prefixes such as 1:192.0.2.0/24 !2:2001:db8::/32.')],
  43: digest,
  44: [
    field('algorithm', 'u8', '1 RSA, 3 ECDSA, 4 Ed25519.'),
    field('fingerprintType', 'u8', '1 SHA-1, 2 SHA-256.'),
    field('fingerprint', 'hex', 'The fingerprint in hexadecimal.'),
  ],
  45: [
    field('precedence', 'u8', 'Lower numbers are tried first.'),
    field('gatewayType', 'u8', '0 none, 1 IPv4, 2 IPv6, 3 a name.'),
    field('algorithm', 'u8', '1 DSA, 2 RSA, 3 ECDSA, 0 no key.'),
    field('gateway', 'gateway', 'The gateway in that form, or a dot.'),
    field('key', 'optionalBase64', 'The public key in base64.'),
  ],
  46: signature,
  47: [
    field('next', 'name', 'The next name of the zone.'),
    field('types', 'fullTypeBitmap', 'The record types at this name, such as A MX RRSIG NSEC.'),
  ],
  48: key,
  49: [field('identity', 'base64', 'The client identity of RFC 4701 in base64.')],
  50: [
    ...nsec3,
    field('next', 'base32hex', 'The next hashed name.'),
    field('types', 'typeBitmap', 'The record types at this name.'),
  ],
  51: nsec3,
  52: certificateMatch,
  53: certificateMatch,
  55: [
    field('identity', 'hostIdentity', 'Algorithm, host identity tag in hexadecimal, public key in base64.'),
    field('servers', 'names', 'Rendezvous servers, if there are any.'),
  ],
  56: texts,
  57: key,
  58: [
    field('previous', 'name', 'The previous name of the list, or a dot.'),
    field('next', 'name', 'The next one, or a dot.'),
  ],
  59: digest,
  60: key,
  61: [field('key', 'base64', 'The OpenPGP key in base64, without its armour.')],
  62: [
    field('serial', 'u32', 'The serial of the SOA from which it holds.'),
    field('flags', 'u16', '1: at once. 2: not before the serial. 3: both.'),
    field('types', 'typeBitmap', 'The types that the parent may copy, such as A NS AAAA.'),
  ],
  63: [
    field('serial', 'u32', 'The serial of the zone it was made for.'),
    field('scheme', 'u8', 'Always 1.'),
    field('hash', 'u8', '1 SHA-384, 2 SHA-512.'),
    field('digest', 'hex', 'The digest in hexadecimal.'),
  ],
  64: service,
  65: service,
  99: texts,
  104: preferred('nodeId', 'hexGroups', 'Such as 0014:4fff:ff20:ee64.'),
  105: preferred('locator', 'ipv4', 'Written as an IPv4 address.'),
  106: preferred('locator', 'hexGroups', 'Such as 2001:0db8:1140:1000.'),
  107: preferred('host', 'name', 'A name with L32 or L64 records.'),
  108: [field('address', 'eui48', 'Such as 00-00-5e-00-53-2a.')],
  109: [field('address', 'eui64', 'Such as 00-00-5e-ef-10-00-00-2a.')],
  256: [
    field('priority', 'u16', 'Lower numbers are tried first.'),
    field('weight', 'u16', 'The share among equal priorities.'),
    field('target', 'text', 'The address, such as https://www.example.com/path.'),
  ],
  257: [
    field('flags', 'u8', '0; 128 if an authority that does not understand it must refuse.'),
    field('tag', 'tag', 'issue, issuewild or iodef.'),
    field('value', 'text', 'The authority that may issue, such as letsencrypt.org, or ; for none.'),
  ],
  258: texts,
  260: [
    field('precedence', 'u8', 'Lower numbers are tried first.'),
    field('relay', 'relay', '1 if it is optional to discover else 0, the type 0 to 3, and the relay.'),
  ],
  32768: digest,
  32769: digest,
}

// The types whose names may be compressed in messages (RFC 3597 §4): those of RFC 1035.
const COMPRESSIBLE = new Set([2, 5, 6, 7, 8, 9, 12, 14, 15])

/** May the names inside this type's data be compressed when it is sent? */
export function isCompressible(type: number): boolean {
  return COMPRESSIBLE.has(type)
}
