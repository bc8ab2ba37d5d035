import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Fault } from '../fault.ts'

// OWASP's parameters for argon2id: 19 MiB, two passes, one lane; about 40 ms.
const cost = { memory: 19_456, passes: 2, parallelism: 1 }
const mostWaiting = 64

const derive: (algorithm: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer> = promisify(argon2)

let last: Promise<unknown> = Promise.resolve()
let waiting = 0

/**
 * The password as a PHC string, `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`.
 * Source: RFC 9106; https://github.com/P-H-C/phc-string-format.
 */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const hash = await inTurn(() => derive('argon2id', { ...cost, nonce, tagLength: 32, message: bytesOf(password) }))
  const { memory, passes, parallelism } = cost
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(nonce)}$${base64(hash)}`
}

/** Whether it is that password. Without a hash (no such account) the same work is done, and the answer is no. */
export async function verifyPassword(password: string, phc: string | null): Promise<boolean> {
  const read = readPhc(phc ?? '')
  const stored = read ?? { ...cost, nonce: Buffer.alloc(16), hash: Buffer.alloc(32) }
  const { hash, ...parameters } = stored
  const made = await inTurn(() =>
    derive('argon2id', { ...parameters, tagLength: hash.length, message: bytesOf(password) }),
  )
  return timingSafeEqual(made, hash) && read !== null
}

// Hashing uses the threads that files and names need too: one at a time, and never a queue without an end.
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting >= mostWaiting) {
    throw new Fault('rate_limited', 'Very many people are signing in just now: try again in a moment.', {
      retry_after: 3,
    })
  }
  waiting += 1
  const mine = last.then(work)
  last = mine.catch(() => undefined)
  try {
    return await mine
  } finally {
    waiting -= 1
  }
}

// The same password typed on another keyboard may be composed differently (NIST SP 800-63B, section 3.1.1.2).
function bytesOf(password: string): Buffer {
  return Buffer.from(password.normalize('NFKC'), 'utf8')
}

type Stored = typeof cost & { nonce: Buffer; hash: Buffer }

function readPhc(phc: string): Stored | null {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(phc)
  if (!parts) return null
  const [, memory, passes, parallelism, nonce = '', hash = ''] = parts
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    nonce: Buffer.from(nonce, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  }
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
