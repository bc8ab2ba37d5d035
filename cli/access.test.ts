import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, castOf, type Product, startProduct } from '../test/product.ts'
import { runZoneward } from './run-zoneward.ts'

// Access from the command line, as the agency's owner: may somebody, give, take, see beforehand, keep a rule.

const folder = mkdtempSync(join(tmpdir(), 'zoneward-cli-'))
let product: Product
let cast: Cast

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
})
afterAll(async () => {
  await product?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function zoneward(args: string[], input = '') {
  let [out, err] = ['', '']
  const token = cast.personas['agency-owner'].apiKey ?? ''
  const code = await runZoneward(args, {
    env: { XDG_CONFIG_HOME: folder, ZONEWARD_SERVER: product.url, ZONEWARD_TOKEN: token },
    stdin: Readable.from([input]),
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
  })
  return { code, out, err }
}

const viewer = () => cast.personas['clinic-viewer'].email
const zone = 'zone:clinic.example'
const write = ['records.write', zone, '--user']

test('can says yes or no, and so does its exit code', async () => {
  expect(await zoneward(['can', 'zones.view', zone, '--user', viewer()])).toMatchObject({ code: 0, out: 'yes\n' })
  expect(await zoneward(['can', ...write, viewer()])).toMatchObject({ code: 2, out: 'no\n' })
})

test('a preview of a grant says who would gain what, and changes nothing', async () => {
  const shown = await zoneward(['preview', 'grant', viewer(), 'zones.read_write', zone, '--until', '8h'])
  expect(shown.code, shown.err).toBe(0)
  expect(shown.out).toContain('records.write')
  expect((await zoneward(['can', ...write, viewer()])).out).toBe('no\n')
})

test('a grant narrowed to records and to eight hours is given, holds for those records, and is taken again', async () => {
  const narrowed = ['--records', '_acme-challenge.** TXT', '--until', '8h', '--reason', 'certificate']
  const given = await zoneward(['grant', viewer(), 'Read & write', zone, ...narrowed])
  expect(given.code, given.err).toBe(0)
  expect(given.out).toMatch(/is Read & write on the zone clinic.example until 2/)
  const about = (name: string) => ['can', ...write, viewer(), '--record', name, 'TXT']
  expect((await zoneward(about('_acme-challenge.clinic.example'))).out).toBe('yes\n')
  expect((await zoneward(about('www.clinic.example'))).out).toBe('no\n')
  const taken = await zoneward(['revoke', viewer(), 'zones.read_write', zone])
  expect(taken.code, taken.err).toBe(0)
  expect((await zoneward(about('_acme-challenge.clinic.example'))).out).toBe('no\n')
})

test('a rule is tried, kept, holds back what would break it, and is removed', async () => {
  const rule = ['--who', 'msp.viewer@customer:Clinic', '--cannot', 'records.write', '--at', 'customer:Clinic']
  expect(await zoneward(['assert', 'try', ...rule])).toMatchObject({ code: 0, out: expect.stringContaining('holds') })
  const sentence = 'No viewer of Clinic writes records'
  const kept = await zoneward(['assert', 'add', ...rule, '--sentence', sentence])
  expect(kept.code, kept.err).toBe(0)
  const refused = await zoneward(['grant', viewer(), 'zones.read_write', zone])
  expect(refused.code).toBe(1)
  expect(refused.err).toContain(sentence)
  const preview = await zoneward(['preview', 'grant', viewer(), 'zones.read_write', zone])
  expect(preview.code).toBe(2)
  expect(preview.out).toContain(sentence)
  const listed = await zoneward(['assert', '--json'])
  const [{ id }] = JSON.parse(listed.out) as [{ id: string }]
  expect((await zoneward(['assert', 'check'])).out).toContain('holds')
  expect((await zoneward(['assert', 'remove', id])).code).toBe(0)
  expect((await zoneward(['assert'])).out).toContain('Nothing is kept')
})

test('steps from a file are looked at together', async () => {
  const file = join(folder, 'steps.json')
  const body = { name: 'Night shift' }
  writeFileSync(file, JSON.stringify([{ operation: 'teams.create', body }]))
  const shown = await zoneward(['preview', 'steps', file])
  expect(shown.code, shown.err).toBe(0)
  expect(shown.out).toContain('Nobody gains or loses anything.')
  writeFileSync(file, '{}')
  expect((await zoneward(['preview', 'steps', file])).err).toContain('is no JSON list of requests')
})

test.each([
  [['grant', 'nobody@nowhere.example', 'zones.read_write', zone], 'There is nobody "nobody@nowhere.example"'],
  [['grant', 'x@y.example', 'Emperor', zone, '--until', 'soon'], 'There is'],
  [['grant', '', 'zones.read_write', 'zone:missing.example'], 'There is no zone "missing.example"'],
  [['revoke', 'hosting:none', 'hosting.web', 'hosting:none'], 'There is no hosting "none"'],
])('%j is refused in words', async (args, words) => {
  const { code, err } = await zoneward(args)
  expect(code).toBe(1)
  expect(err).toContain(words)
})

test('a moment that is none, and a role that is none, are named', async () => {
  expect((await zoneward(['grant', viewer(), 'zones.read_write', zone, '--until', 'soon'])).err).toContain(
    '"soon" is no time',
  )
  expect((await zoneward(['grant', viewer(), 'Emperor', zone])).err).toContain('There is no role "Emperor"')
})
