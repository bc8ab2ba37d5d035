import { randomFillSync } from 'node:crypto'

let lastTime = 0
let counter = 0

/**
 * A UUIDv7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then 12 bits that count up within a millisecond, so
 * that ids made by one process sort in the order they were made.
 */
export function newId(now = Date.now()): string {
  const time = Math.max(now, lastTime)
  counter = time === lastTime ? counter + 1 : 0
  lastTime = counter > 0xfff ? time + 1 : time
  if (counter > 0xfff) counter = 0
  const bytes = randomFillSync(Buffer.alloc(16))
  bytes.writeUIntBE(lastTime, 0, 6)
  bytes.writeUInt16BE(0x7000 | counter, 6)
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

export function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)
}
