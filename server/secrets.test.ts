import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Binding, derive, loadSecret, open, type Secret, seal } from './secrets.ts'

const folder = mkdtempSync(join(tmpdir(), 'zoneward-secrets-'))
afterAll(() => rmSync(folder, { recursive: true }))

const binding: Binding = { orgId: 'a', thing: 'provider 1', field: 'token', version: 3 }

function load(name: string): Secret {
  const loaded = loadSecret(join(folder, name))
  if ('error' in loaded) throw new Error(loaded.error)
  return loaded.secret
}

test('the file is made once, for its owner only, and read again', () => {
  const first = load('made/secret')
  expect(statSync(join(folder, 'made/secret')).mode & 0o777).toBe(0o600)
  expect(load('made/secret')).toEqual(first)
})

test('what was sealed opens with the same secret at the same place', () => {
  const secret = load('one')
  const sealed = seal(secret, binding, 'tsig:ö')
  expect(open(secret, binding, sealed)?.toString()).toBe('tsig:ö')
  expect(sealed).not.toBe(seal(secret, binding, 'tsig:ö'))
})

const elsewhere: [string, Partial<Binding>][] = [
  ['another organization', { orgId: 'b' }],
  ['the instance', { orgId: null }],
  ['another thing', { thing: 'provider 2' }],
  ['another field', { field: 'key' }],
  ['an older version', { version: 2 }],
]
test.each(elsewhere)('a sealed value copied to %s does not open', (_, other) => {
  const secret = load('one')
  expect(open(secret, { ...binding, ...other }, seal(secret, binding, 'x'))).toBeNull()
})

test('no changed character of a sealed value opens', () => {
  const secret = load('one')
  const sealed = seal(secret, binding, 'x')
  for (let i = 0; i < sealed.length - 1; i++) {
    const other = sealed[i] === 'A' ? 'B' : 'A'
    expect(open(secret, binding, sealed.slice(0, i) + other + sealed.slice(i + 1))).toBeNull()
  }
})

test('after a new key is added the old values open, the new ones need it, and derived passwords stay', () => {
  const before = load('rotated')
  const old = seal(before, binding, 'old')
  const file = join(folder, 'rotated')
  writeFileSync(file, readFileSync(file, 'utf8') + readFileSync(join(folder, 'one'), 'utf8'))
  const after = load('rotated')
  expect(open(after, binding, old)?.toString()).toBe('old')
  expect(open(before, binding, seal(after, binding, 'new'))).toBeNull()
  expect(derive(after, 'role')).toBe(derive(before, 'role'))
})

test.each([
  ['', 'is empty'],
  ['short', 'holds a line that is not 32 bytes in base64'],
])('the file content %j is refused', (content, why) => {
  const file = join(folder, 'bad')
  writeFileSync(file, content)
  expect(loadSecret(file)).toEqual({ error: `The secret file ${file} ${why}` })
})
