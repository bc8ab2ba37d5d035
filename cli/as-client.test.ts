import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, castOf, type Product, startProduct } from '../test/product.ts'
import { runZoneward } from './run-zoneward.ts'

const folder = mkdtempSync(join(tmpdir(), 'zoneward-cli-'))
let product: Product
let cast: Cast

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
})
afterAll(async () => {
  await product.stop()
  rmSync(folder, { recursive: true, force: true })
})

type Name = keyof Cast['personas']

/** A command line of one of the cast, each with a home of its own. */
async function as(name: Name, args: string[], input = '') {
  let [out, err] = ['', '']
  const code = await runZoneward(args, {
    env: { XDG_CONFIG_HOME: join(folder, name) },
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

async function login(name: Name) {
  const { email, password, portal } = cast.personas[name]
  const at = portal === null ? [] : ['--portal', portal]
  return as(name, ['login', product.url, '--email', email, '--password-stdin', ...at], `${password}\n`)
}

test('a client signs in at its portal, and its key sees its own zones only', async () => {
  const { code, err } = await login('bakery-developer')
  expect(code, err).toBe(0)
  const { out } = await as('bakery-developer', ['zones', 'list'])
  expect(out).toContain('bakery.example')
  expect(out).not.toMatch(/clinic|harbourpine|studio/)
  const foreign = await as('bakery-developer', ['records', 'list', 'clinic.example'])
  expect([foreign.code, foreign.err]).toEqual([1, 'zoneward: There is no zone "clinic.example" that you can see.\n'])
})

test('it writes what it may, and is told in plain words who can give the rest, without the names of staff', async () => {
  expect((await as('bakery-developer', ['records', 'add', 'bakery.example', 'cli', 'A', '192.0.2.9'])).code).toBe(0)
  const policy = ['records', 'add', 'bakery.example', '_dmarc.till', 'TXT', '"v=DMARC1; p=none"']
  const { code, err } = await as('bakery-developer', policy)
  expect(code).toBe(1)
  expect(err).toContain('"records.dmarc.write" is missing here')
  expect(err).toMatch(/Who can give it: .*your provider\./)
  expect(err).not.toMatch(/Olive|Piet|Mara/)
  const why = ['why', 'records.write', 'bakery.example', '--record', '_dmarc.till.bakery.example', 'TXT']
  expect((await as('bakery-developer', why)).out).toContain('You may not')
})

test('a plan that would change what it may not write is refused whole, and nothing is written', async () => {
  const exported = (await as('bakery-developer', ['zones', 'export', 'bakery.example'])).out
  const file = join(folder, 'without-policy.zone')
  writeFileSync(
    file,
    exported
      .split('\n')
      .filter((line) => !line.includes('_dmarc'))
      .join('\n'),
  )
  const { code, err } = await as('bakery-developer', ['apply', 'bakery.example', file])
  expect(code).toBe(1)
  expect(err).toContain('records.dmarc.write')
  expect((await as('bakery-developer', ['zones', 'export', 'bakery.example'])).out).toBe(exported)
})

test('who may have no key is told so, and its session is closed again', async () => {
  for (const name of ['bakery-viewer', 'provider-client'] as const) {
    const { code, err } = await login(name)
    expect(code).toBe(1)
    expect(err).toContain('"api_keys.create" is missing')
    const [row] = await product.database.asSuperuser(
      'select count(*)::int as open from client_session where client_user_id = $1',
      [cast.personas[name].id],
    )
    // The one that the cast itself holds.
    expect(row).toEqual({ open: 1 })
  }
})
