import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  type AuditLine,
  hashEvent,
  keyFingerprint,
  noHash,
  printAuditLine,
  printCheckpoint,
  verifyAuditFile,
} from './audit-file.ts'

const organization = '01939c1a-0000-7000-8000-000000000001'
const at = '2026-11-21T10:00:00.000000Z'
const own = generateKeyPairSync('ed25519')
const key = keyFingerprint(own.publicKey.export({ type: 'spki', format: 'der' }))

function fileOf(bodies: string[], privateKey: KeyObject = own.privateKey): string {
  let previous = noHash
  const lines = bodies.map((body, index): AuditLine => {
    const event = { seq: index + 1, at, body }
    previous = hashEvent(previous, event)
    return { ...event, hash: previous }
  })
  const end = printCheckpoint({ organization, seq: lines.length, hash: previous, at }, privateKey)
  return `${[...lines.map(printAuditLine), end].join('\n')}\n`
}

const bodies = ['{"action":"zone.created"}', '{"facts":{"text":"ü\u0001\ufffd"}}', '{}', '{"action":"grant.revoked"}']
const file = fileOf(bodies)

test('a file as it was exported is accepted and names its key', () => {
  const checkpoint = expect.objectContaining({ organization, seq: 4 })
  expect(verifyAuditFile(file)).toEqual({ ok: true, events: 4, checkpoint, key })
  expect(verifyAuditFile(Buffer.from(file), { key })).toMatchObject({ ok: true })
})

test('a log without events has a checkpoint all the same', () => {
  expect(verifyAuditFile(fileOf([]), { key })).toMatchObject({ ok: true, events: 0 })
})

test('every single flipped bit is found', () => {
  const bytes = Buffer.from(file)
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes)
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(verifyAuditFile(changed).ok, `bit ${bit}`).toBe(false)
  }
})

test('every cut of the tail is found', () => {
  for (let length = 0; length < file.length; length++) {
    expect(verifyAuditFile(file.slice(0, length)).ok, `${length} of ${file.length}`).toBe(false)
  }
})

const lines = file.split('\n')
const changed: [string, string[], { line: number; why: string }][] = [
  ['a deleted event', lines.toSpliced(1, 1), { line: 2, why: 'The event has the number 3; 2 was expected.' }],
  [
    'two events in another order',
    [lines[1], lines[0], ...lines.slice(2)].map(String),
    { line: 1, why: 'The event has the number 2; 1 was expected.' },
  ],
  [
    'an event twice',
    lines.toSpliced(1, 0, String(lines[0])),
    { line: 2, why: 'The event has the number 1; 2 was expected.' },
  ],
  [
    'the last event cut',
    lines.toSpliced(3, 1),
    { line: 4, why: 'The checkpoint is of event 4, but the file holds 3.' },
  ],
  [
    'the checkpoint cut',
    lines.toSpliced(4, 1),
    { line: 5, why: 'The file ends without a checkpoint: its end was cut off.' },
  ],
  [
    'something after the checkpoint',
    [...lines, 'x'],
    { line: 6, why: 'After the checkpoint there must be one line feed and nothing else.' },
  ],
  [
    'a Windows line end',
    lines.toSpliced(0, 1, `${lines[0]}\r`),
    { line: 1, why: 'The line is not as the export writes it.' },
  ],
]
test.each(changed)('%s is found, with its line and the reason', (_, parts, verdict) => {
  expect(verifyAuditFile(parts.join('\n'))).toEqual({ ok: false, ...verdict })
})

test('a file rewritten from first to last is found by the key that signed it', () => {
  const forged = fileOf(['{"action":"nothing.happened"}'], generateKeyPairSync('ed25519').privateKey)
  expect(verifyAuditFile(forged, { key })).toMatchObject({
    ok: false,
    line: 2,
    why: expect.stringContaining(`not by ${key}`),
  })
})

test('the checkpoint of another file does not fit', () => {
  const other = fileOf([...bodies.slice(0, 3), '{}']).split('\n')
  const mixed = [...lines.slice(0, 4), ...other.slice(4)].join('\n')
  expect(verifyAuditFile(mixed)).toEqual({
    ok: false,
    line: 5,
    why: 'The checkpoint has another hash than the last event.',
  })
})
