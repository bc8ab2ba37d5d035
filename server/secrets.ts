import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * The envelope keys of this instance. New secrets are sealed under the newest (the last line of the file), older ones
 * are still opened; passwords of the database's roles come from the first.
 */
export interface Secret {
  keys: readonly EnvelopeKey[]
}

interface EnvelopeKey {
  /** First eight hex digits of the key's SHA-256. */
  fingerprint: string
  bytes: Buffer
}

/** What a sealed value belongs to: moved to any other place, or put back after a newer one, it does not open. */
export interface Binding {
  /** null: of the instance, not of an organization. */
  orgId: string | null
  thing: string
  field: string
  version: number
}

/** Reads the secret file; makes it, for this user's eyes only, when it is absent. */
export function loadSecret(file: string): { secret: Secret } | { error: string } {
  try {
    return parseSecret(readFileSync(file, 'utf8'), file)
  } catch (error) {
    if (!isAbsent(error)) return { error: `The secret file ${file} cannot be read: ${messageOf(error)}` }
  }
  try {
    createSecretFile(file)
    return parseSecret(readFileSync(file, 'utf8'), file)
  } catch (error) {
    return { error: `The secret file ${file} cannot be made: ${messageOf(error)}` }
  }
}

/** Seals a text with AES-256-GCM; the result is base64url with the key's fingerprint in front. */
export function seal(secret: Secret, binding: Binding, plain: string | Buffer): string {
  const key = secret.keys.at(-1)
  if (!key) throw new Error('The secret holds no key.')
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', purposeKey(key, 'seal'), nonce)
  cipher.setAAD(associatedData(binding))
  const sealed = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  return `1.${key.fingerprint}.${sealed.toString('base64url')}`
}

/** The text again, or null: other key, other place, or changed. */
export function open(secret: Secret, binding: Binding, sealed: string): Buffer | null {
  const [format, fingerprint, body = ''] = sealed.split('.')
  const key = secret.keys.find((one) => one.fingerprint === fingerprint)
  const bytes = Buffer.from(body, 'base64url')
  if (format !== '1' || !key || bytes.length < 28) return null
  const decipher = createDecipheriv('aes-256-gcm', purposeKey(key, 'seal'), bytes.subarray(0, 12))
  decipher.setAAD(associatedData(binding))
  decipher.setAuthTag(bytes.subarray(-16))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])
  } catch {
    return null
  }
}

/** A text that only holders of the secret can derive; the same on every server that has the same file. */
export function derive(secret: Secret, purpose: string): string {
  const key = secret.keys[0]
  if (!key) throw new Error('The secret holds no key.')
  return createHmac('sha256', purposeKey(key, 'derive')).update(purpose).digest('base64url')
}

// JSON keeps the fields apart: ["a","bc"] and ["ab","c"] differ.
function associatedData({ orgId, thing, field, version }: Binding): Buffer {
  return Buffer.from(JSON.stringify([orgId, thing, field, version]))
}

function purposeKey(key: EnvelopeKey, purpose: string): Buffer {
  return createHmac('sha256', key.bytes).update(`zoneward ${purpose}`).digest()
}

function parseSecret(text: string, file: string): { secret: Secret } | { error: string } {
  const lines = text.split('\n').map((line) => line.trim())
  const keys: EnvelopeKey[] = []
  for (const line of lines.filter((one) => one && !one.startsWith('#'))) {
    const bytes = Buffer.from(line, 'base64')
    if (bytes.length !== 32) {
      return { error: `The secret file ${file} holds a line that is not 32 bytes in base64` }
    }
    keys.push({ bytes, fingerprint: createHash('sha256').update(bytes).digest('hex').slice(0, 8) })
  }
  return keys.length > 0 ? { secret: { keys } } : { error: `The secret file ${file} is empty` }
}

// Written beside and linked: of several servers that start at once, all read the one that came first, and whole.
function createSecretFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  const note = '# The envelope key of this Zoneward instance. Keep a copy apart from the back-ups.'
  try {
    writeFileSync(draft, `${note}\n${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true })
    chmodSync(draft, 0o600)
    linkSync(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
