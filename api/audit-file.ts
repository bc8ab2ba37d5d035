import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

// The file that the audit log is exported to, and how anybody can check it without the database: one JSON object a
// line. Events first, seq counting from 1, each hash over the one before; a signed checkpoint last.

/** One event as it was chained: `body` is the exact text that was hashed, `hash` in hex. */
export interface AuditLine {
  seq: number
  at: string
  body: string
  hash: string
}

export interface Checkpoint {
  /** The organization's id. */
  organization: string
  /** Of the last event; 0 and 64 zeros when there is none. */
  seq: number
  hash: string
  /** When it was signed, ISO 8601. */
  at: string
}

export type AuditVerdict =
  /** `key` is the SHA-256 of the signing key in hex: compare it with what the instance itself shows. */
  { ok: true; events: number; checkpoint: Checkpoint; key: string } | { ok: false; line: number; why: string }

/** The hash before the first event: 32 zero bytes. */
export const noHash = '00'.repeat(32)

/**
 * The hash of an event: SHA-256 of the previous hash's 32 bytes and then, in UTF-8, seq, line feed, at, line feed, body.
 *
 * @example hashEvent(noHash, { seq: 1, at: '2026-01-02T03:04:05.000000Z', body: '{}' }).length // 64
 */
export function hashEvent(previous: string, event: Pick<AuditLine, 'seq' | 'at' | 'body'>): string {
  const text = `${event.seq}\n${event.at}\n${event.body}`
  return createHash('sha256').update(Buffer.from(previous, 'hex')).update(text, 'utf8').digest('hex')
}

/** One event as a line, without the line feed. */
export function printAuditLine({ seq, at, body, hash }: AuditLine): string {
  return JSON.stringify({ seq, at, body, hash })
}

/** The last line: the checkpoint with the instance's Ed25519 public key (SPKI, base64) and its signature (base64). */
export function printCheckpoint(checkpoint: Checkpoint, privateKey: KeyObject): string {
  const key = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64')
  const signature = sign(null, signedText(checkpoint), privateKey).toString('base64')
  return printSigned(checkpoint, key, signature)
}

/** SHA-256 in hex of a public key (SPKI, DER): how people compare two keys. */
export function keyFingerprint(publicKey: Uint8Array): string {
  return createHash('sha256').update(publicKey).digest('hex')
}

/**
 * Checks an exported file, offline: that no byte of it was changed, nothing left out, moved, added or cut off, and that
 * it was signed. With `key` (a fingerprint) it must be signed by that very key, which also finds a file that was
 * rewritten from first to last and signed anew.
 *
 * @example verifyAuditFile('') // { ok: false, line: 1, why: 'The file ends without a checkpoint: …' }
 */
export function verifyAuditFile(file: string | Uint8Array, { key }: { key?: string } = {}): AuditVerdict {
  const text = decode(file)
  if (text === null) return bad(1, 'The file is not UTF-8 text.')
  const lines = text.split('\n')
  let previous = noHash
  for (const [index, line] of lines.entries()) {
    const number = index + 1
    const parsed = parseLine(line)
    if (parsed === null) {
      const cut = index === lines.length - 1
      return bad(number, cut ? noCheckpoint : 'The line is not as the export writes it.')
    }
    if ('signature' in parsed) return verifyEnd(parsed, { number, previous, rest: lines.slice(number), key })
    if (parsed.seq !== number) return bad(number, `The event has the number ${parsed.seq}; ${number} was expected.`)
    if (parsed.hash !== hashEvent(previous, parsed)) {
      return bad(number, `The hash of event ${number} does not fit: it, or the one before it, is not what was written.`)
    }
    previous = parsed.hash
  }
  return bad(lines.length, noCheckpoint)
}

const noCheckpoint = 'The file ends without a checkpoint: its end was cut off.'

interface Signed extends Checkpoint {
  key: string
  signature: string
}

interface End {
  number: number
  previous: string
  rest: string[]
  key: string | undefined
}

function verifyEnd(signed: Signed, { number, previous, rest, key }: End): AuditVerdict {
  const { organization, seq, hash, at } = signed
  const checkpoint = { organization, seq, hash, at }
  if (seq !== number - 1) return bad(number, `The checkpoint is of event ${seq}, but the file holds ${number - 1}.`)
  if (hash !== previous) return bad(number, 'The checkpoint has another hash than the last event.')
  const publicKey = Buffer.from(signed.key, 'base64')
  const fingerprint = keyFingerprint(publicKey)
  if (!isSignedBy(publicKey, checkpoint, signed.signature))
    return bad(number, 'The signature of the checkpoint is wrong.')
  if (key !== undefined && key.toLowerCase() !== fingerprint) {
    return bad(number, `The checkpoint is signed by the key ${fingerprint}, not by ${key.toLowerCase()}.`)
  }
  if (rest.length !== 1 || rest[0] !== '')
    return bad(number + 1, 'After the checkpoint there must be one line feed and nothing else.')
  return { ok: true, events: seq, checkpoint, key: fingerprint }
}

function isSignedBy(publicKey: Buffer, checkpoint: Checkpoint, signature: string): boolean {
  try {
    const key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' })
    // OpenSSL overlooks some bytes of the wrapping; the key must be the very bytes that its fingerprint is of.
    if (key.asymmetricKeyType !== 'ed25519' || !key.export({ type: 'spki', format: 'der' }).equals(publicKey))
      return false
    return verify(null, signedText(checkpoint), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

function signedText({ organization, seq, hash, at }: Checkpoint): Buffer {
  return Buffer.from(`zoneward audit checkpoint\n${organization}\n${seq}\n${hash}\n${at}\n`)
}

function printSigned({ organization, seq, hash, at }: Checkpoint, key: string, signature: string): string {
  return JSON.stringify({ organization, seq, hash, at, key, signature })
}

/** Only the very text that the export prints: a byte changed in a way that JSON does not mind is found as well. */
function parseLine(line: string): AuditLine | Signed | null {
  const value = parseJson(line)
  if (!isRecord(value)) return null
  const { seq, at, body, hash, organization, key, signature } = value
  if (typeof seq !== 'number' || typeof at !== 'string' || typeof hash !== 'string') return null
  if (typeof body === 'string') {
    const event = { seq, at, body, hash }
    return printAuditLine(event) === line ? event : null
  }
  if (typeof organization !== 'string' || typeof key !== 'string' || typeof signature !== 'string') return null
  const signed = { organization, seq, hash, at, key, signature }
  const exact = isCanonicalBase64(key) && isCanonicalBase64(signature) && printSigned(signed, key, signature) === line
  return exact ? signed : null
}

function isCanonicalBase64(text: string): boolean {
  return Buffer.from(text, 'base64').toString('base64') === text
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function decode(file: string | Uint8Array): string | null {
  if (typeof file === 'string') return file
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file)
  } catch {
    return null
  }
}

function bad(line: number, why: string): AuditVerdict {
  return { ok: false, line, why }
}
