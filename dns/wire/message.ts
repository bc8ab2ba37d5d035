/** Operation codes (RFC 1035 §4.1.1, RFC 1996, RFC 2136). */
export const OPCODE = { QUERY: 0, IQUERY: 1, STATUS: 2, NOTIFY: 4, UPDATE: 5 } as const

/** Response codes (RFC 1035 §4.1.1, RFC 2136 §2.2, RFC 6672, RFC 6891 §9, RFC 8945 §3). */
export const RCODE = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  YXDOMAIN: 6,
  YXRRSET: 7,
  NXRRSET: 8,
  NOTAUTH: 9,
  NOTZONE: 10,
  BADVERS: 16,
} as const

/** Classes (RFC 1035 §3.2.4, RFC 2136 §2.4). */
export const CLASS = { IN: 1, CH: 3, NONE: 254, ANY: 255 } as const

export type WireQuestion = { name: string; type: number; class: number }

/** A record as messages carry it: `owner` a normal absolute name, `rdata` with its names written out whole. */
export type WireRecord = { owner: string; type: number; class: number; ttl: number; rdata: Uint8Array }

export type EdnsOption = { code: number; data: Uint8Array }

/** The OPT pseudo-record (RFC 6891 §6.1); the upper bits of the response code are part of `Message.rcode`. */
export type Edns = { udpSize: number; version: number; dnssecOk: boolean; options: EdnsOption[] }

export type MessageFlags = { qr: boolean; aa: boolean; tc: boolean; rd: boolean; ra: boolean; ad: boolean; cd: boolean }

/** A whole message (RFC 1035 §4). `rcode` has the 12 bits of EDNS; OPT is in `edns`, never among `additionals`. */
export type Message = {
  id: number
  opcode: number
  rcode: number
  flags: MessageFlags
  questions: WireQuestion[]
  answers: WireRecord[]
  authorities: WireRecord[]
  additionals: WireRecord[]
  edns: Edns | null
}

export type DecodedMessage = { ok: true; message: Message } | { ok: false; error: string }

export const NO_FLAGS: Readonly<MessageFlags> = {
  qr: false,
  aa: false,
  tc: false,
  rd: false,
  ra: false,
  ad: false,
  cd: false,
}
