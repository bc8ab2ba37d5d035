import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Product, startProduct } from '../test/product.ts'
import { runZoneward } from './run-zoneward.ts'

const password = 'nine green boats at dawn'
const examples = join(import.meta.dirname, '..', 'examples', 'zones')
const folder = mkdtempSync(join(tmpdir(), 'zoneward-cli-'))
const env: Record<string, string | undefined> = { XDG_CONFIG_HOME: folder }
let product: Product

/** One command line, as somebody types it. */
async function zoneward(line: string | string[], input = '') {
  const args = typeof line === 'string' ? line.split(' ') : line
  let [out, err] = ['', '']
  const code = await runZoneward(args, {
    env,
    stdin: Readable.from([input]),
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
  })
  return { code, out, err, json: () => JSON.parse(out) }
}

beforeAll(async () => {
  product = await startProduct()
  const { caller } = await product.entering('/v1/setup', {
    token: product.server.setupLink?.split('#')[1] ?? '',
    ...{ name: 'Ada Agency', email: 'ada@agency.example', password },
    organization: { name: 'Harbour & Pine', role_set: 'msp' },
  })
  const provider = await caller.post('/v1/providers', { name: 'Own servers' })
  expect(provider.status, provider.text).toBe(201)
  await caller.post('/v1/customers', { name: 'Mill Lane' })
})
afterAll(async () => {
  await product.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('before signing in, it says how to', async () => {
  const { code, err } = await zoneward('zones list')
  expect([code, err]).toEqual([1, 'zoneward: Sign in first: zoneward login <address of the server>.\n'])
})

test('login makes a key with the password, and keeps it for this user only', async () => {
  const wrong = await zoneward(`login ${product.url} --email ada@agency.example --password-stdin`, 'wrong\n')
  expect(wrong.code).toBe(1)
  const { code, out, err } = await zoneward(
    `login ${product.url} --email ada@agency.example --password-stdin`,
    `${password}\n`,
  )
  expect(code, err).toBe(0)
  expect(out).toContain('Ada Agency at Harbour & Pine')
  const file = join(folder, 'zoneward', 'credentials.json')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8')).not.toContain(password)
  expect((await zoneward('whoami')).out).toContain('Owner on the organization Harbour & Pine')
})

test('a zone is imported, listed and exported; a file with an error is refused by line', async () => {
  const made = await zoneward([
    'zones',
    'import',
    join(examples, 'bakery.example.zone'),
    '--customer',
    'Mill Lane',
    '--name',
    'bakery.example',
  ])
  expect(made.code, made.err).toBe(0)
  const { items } = { items: (await zoneward('zones list --json')).json() }
  expect(items).toMatchObject([{ name: 'bakery.example', customer: { name: 'Mill Lane' } }])
  expect((await zoneward('zones export bakery.example')).out).toContain('DMARC1')
  const bad = join(folder, 'bad.zone')
  writeFileSync(bad, '$TTL 60\n@ IN SOA a b 1 2 3 4 5\n@ NS a.example.net.\nwww A 999.1.1.1\n')
  const refused = await zoneward(['zones', 'import', bad, '--name', 'bad.example'])
  expect(refused.code).toBe(1)
  expect(refused.err).toContain('line 4')
})

test('every example zone is imported as it is', async () => {
  for (const file of readdirSync(examples).filter((name) => name.endsWith('.zone') && !name.startsWith('bakery'))) {
    const name = file.replace(/\.zone$/, '')
    const made = await zoneward(['zones', 'import', join(examples, file), '--name', name])
    expect(made.code, `${name}: ${made.err}`).toBe(0)
    const text = join(folder, `${name}.zone`)
    writeFileSync(text, (await zoneward(['zones', 'export', name])).out)
    const same = await zoneward(['plan', name, text])
    expect(same.code, `${name}: ${same.out}${same.err}`).toBe(0)
  }
})

test('plan ends with 2 when there are changes and 0 when there are none; apply makes them', async () => {
  const file = join(folder, 'bakery.zone')
  writeFileSync(file, `${readFileSync(join(examples, 'bakery.example.zone'), 'utf8')}\nnew IN A 192.0.2.99\n`)
  const planned = await zoneward(['plan', 'bakery.example', file])
  expect(planned.code, planned.err).toBe(2)
  expect(planned.out).toContain('+ new.bakery.example 3600 A 192.0.2.99')
  expect(planned.out).toContain('nothing is written yet')
  const applied = await zoneward(['apply', 'bakery.example', file, '--comment', 'one more'])
  expect(applied.code, applied.err).toBe(0)
  const again = await zoneward(['plan', file, '--json'])
  expect([again.code, again.json().difference.added, again.json().difference.removed]).toEqual([0, 0, 0])
})

test('records are listed, added, set and deleted', async () => {
  expect((await zoneward('records add bakery.example txt TXT "hello" --ttl 60')).code).toBe(0)
  const set = await zoneward(['records', 'set', 'bakery.example', 'txt', 'TXT', '"one"', '"two"'])
  expect(set.code, set.err).toBe(0)
  const listed = await zoneward('records list bakery.example --name txt --json')
  expect(
    listed
      .json()
      .map((each: { data: string }) => each.data)
      .sort(),
  ).toEqual(['"one"', '"two"'])
  const third = await zoneward(['records', 'add', 'bakery.example', 'txt', 'TXT', '"three"', '--json'])
  expect(third.json().difference, 'its TTL is that of the records beside it').toMatchObject({ added: 1, removed: 0 })
  expect((await zoneward('records bakery.example --name txt --json')).json()).toHaveLength(3)
  expect((await zoneward(['records', 'delete', 'bakery.example', 'txt', 'TXT', '"one"'])).code).toBe(0)
  expect((await zoneward('records delete bakery.example txt TXT')).code).toBe(0)
  const gone = await zoneward('records delete bakery.example txt TXT')
  expect([gone.code, gone.err]).toEqual([1, 'zoneward: There is no TXT record at txt.bakery.example.\n'])
})

test('zones and token alone list, and a zone is found as people write it', async () => {
  expect((await zoneward('zones --json')).json()).toContainEqual(expect.objectContaining({ name: 'bakery.example' }))
  expect((await zoneward('token --json')).json()).toHaveLength(1)
  expect((await zoneward('zones export bäckerei-nord.example')).out).toContain('xn--bckerei-nord-gcb.example.')
})

test('who and why answer with the chain', async () => {
  expect((await zoneward('who records.write bakery.example')).out).toMatch(/Ada Agency\s+ada@agency\.example\s+Owner/)
  const { out } = await zoneward('why records.write bakery.example --record www.bakery.example A')
  expect(out).toContain('You may add, change and delete ordinary records')
  expect(out).toContain('Owner on the organization Harbour & Pine; the zone bakery.example belongs to it.')
  const unknown = await zoneward('why records.dance customer:Mill')
  expect(unknown.code).toBe(1)
})

test('a narrow key is made and used; what it may not is refused in plain words', async () => {
  const made = await zoneward('token create acme --permission zones.view records.view --zone bakery.example')
  expect(made.code, made.err).toBe(0)
  env['ZONEWARD_TOKEN'] = made.out.trim()
  try {
    expect((await zoneward('records list bakery.example --type MX')).code).toBe(0)
    const refused = await zoneward('records add bakery.example x A 192.0.2.1')
    expect(refused.code).toBe(1)
    expect(refused.err).toContain('"records.write" is missing here')
    expect(refused.err).toContain('The API key was made without this permission.')
    expect((await zoneward('records add bakery.example x A 192.0.2.1 --json')).json()).toMatchObject({
      code: 'forbidden',
    })
  } finally {
    delete env['ZONEWARD_TOKEN']
  }
  expect((await zoneward('token list')).out).toContain('acme')
  expect((await zoneward('token revoke acme')).code).toBe(0)
  expect((await zoneward('token revoke acme')).code).toBe(1)
})

test('what a server sends cannot steer the terminal', async () => {
  const { caller } = await product.entering('/v1/sessions', { realm: 'staff', email: 'ada@agency.example', password })
  const made = await caller.post('/v1/api-keys', { name: 'plain name' })
  expect(made.status).toBe(201)
  // No name is taken with such characters any more: this one stands for what was kept before.
  const evil = 'evil \u001b[2J\u202e name'
  await product.database.asSuperuser('update api_key set name = $1 where id = $2', [evil, made.body.id])
  for (const line of ['token list', 'token list --json']) {
    const { out } = await zoneward(line)
    expect(['\u001b', '\u202e'].some((character) => out.includes(character))).toBe(false)
    expect(out).toContain('\\u001b[2J\\u202e')
  }
})

test('the exported audit log is accepted, and rejected after one byte is changed', async () => {
  const file = join(folder, 'audit.ndjson')
  const exported = await zoneward(['audit', 'export', file])
  expect(exported.code, exported.err).toBe(0)
  const good = await zoneward(['audit', 'verify', file])
  expect([good.code, good.out]).toEqual([0, expect.stringContaining('whole and unchanged')])
  const bytes = readFileSync(file)
  const at = Math.floor(bytes.length / 2)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(file, bytes)
  const bad = await zoneward(['audit', 'verify', file])
  expect(bad.code).toBe(1)
  expect(bad.err).toMatch(/is not what was written: line \d+/)
})

test('logout revokes the key and forgets it', async () => {
  const { code, out } = await zoneward('logout')
  expect([code, out]).toEqual([0, 'The key is revoked and forgotten.\n'])
  expect(existsSync(join(folder, 'zoneward', 'credentials.json'))).toBe(false)
})
