// The types of the IANA registry "Resource Record (RR) TYPEs" that have a mnemonic in use.
// https://www.iana.org/assignments/dns-parameters
const MNEMONICS: Readonly<Record<string, number>> = {
  A: 1,
  NS: 2,
  MD: 3,
  MF: 4,
  CNAME: 5,
  SOA: 6,
  MB: 7,
  MG: 8,
  MR: 9,
  NULL: 10,
  WKS: 11,
  PTR: 12,
  HINFO: 13,
  MINFO: 14,
  MX: 15,
  TXT: 16,
  RP: 17,
  AFSDB: 18,
  X25: 19,
  ISDN: 20,
  RT: 21,
  NSAP: 22,
  'NSAP-PTR': 23,
  SIG: 24,
  KEY: 25,
  PX: 26,
  GPOS: 27,
  AAAA: 28,
  LOC: 29,
  NXT: 30,
  EID: 31,
  NIMLOC: 32,
  SRV: 33,
  ATMA: 34,
  NAPTR: 35,
  KX: 36,
  CERT: 37,
  A6: 38,
  DNAME: 39,
  SINK: 40,
  OPT: 41,
  APL: 42,
  DS: 43,
  SSHFP: 44,
  IPSECKEY: 45,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  DHCID: 49,
  NSEC3: 50,
  NSEC3PARAM: 51,
  TLSA: 52,
  SMIMEA: 53,
  HIP: 55,
  NINFO: 56,
  RKEY: 57,
  TALINK: 58,
  CDS: 59,
  CDNSKEY: 60,
  OPENPGPKEY: 61,
  CSYNC: 62,
  ZONEMD: 63,
  SVCB: 64,
  HTTPS: 65,
  SPF: 99,
  NID: 104,
  L32: 105,
  L64: 106,
  LP: 107,
  EUI48: 108,
  EUI64: 109,
  TKEY: 249,
  TSIG: 250,
  IXFR: 251,
  AXFR: 252,
  MAILB: 253,
  MAILA: 254,
  ANY: 255,
  URI: 256,
  CAA: 257,
  AVC: 258,
  DOA: 259,
  AMTRELAY: 260,
  TA: 32768,
  DLV: 32769,
}

// Read, but printed as TYPE66 and so on: many name servers in use do not know these names.
const READ_ONLY: Readonly<Record<string, number>> = {
  UINFO: 100,
  UID: 101,
  GID: 102,
  UNSPEC: 103,
  DSYNC: 66,
  HHIT: 67,
  BRID: 68,
  RESINFO: 261,
  WALLET: 262,
  CLA: 263,
  IPN: 264,
}

const NUMBERS = new Map(Object.entries({ ...MNEMONICS, ...READ_ONLY }))
const NAMES = new Map(Object.entries(MNEMONICS).map(([name, number]) => [number, name]))
const GENERIC = /^TYPE(\d{1,5})$/i

/**
 * The number of a type written as its mnemonic in any case or as `TYPE65280` (RFC 3597 §5); undefined if it is neither.
 *
 * @example typeNumber('aaaa')
 * // 28
 */
export function typeNumber(text: string): number | undefined {
  const known = NUMBERS.get(text) ?? NUMBERS.get(text.toUpperCase())
  if (known !== undefined) return known
  const number = GENERIC.exec(text)?.[1]
  return number === undefined || Number(number) > 65535 ? undefined : Number(number)
}

/**
 * How a type is written.
 *
 * @example typeName(65280)
 * // 'TYPE65280'
 */
export function typeName(type: number): string {
  return NAMES.get(type) ?? `TYPE${type}`
}

/** Types that are only asked for or only stand in messages (RFC 6895 §3.1): OPT, and 128 to 255. */
export function isMetaType(type: number): boolean {
  return type === 0 || type === 41 || (type >= 128 && type <= 255)
}

/** The types that code must know by number. */
export const TYPE = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  DNAME: 39,
  OPT: 41,
  DS: 43,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  NSEC3: 50,
  SVCB: 64,
  HTTPS: 65,
  TSIG: 250,
  IXFR: 251,
  AXFR: 252,
  ANY: 255,
} as const
