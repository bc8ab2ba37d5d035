import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { needs } from '../test/debian.ts'
import { type Caller, type Product, startProduct } from '../test/product.ts'
import { foundAgency, inviteAndAccept, must, password } from './agency.ts'
import { dig, digUntil } from './dig.ts'

// Real zone files, used where they lie (ZONEWARD_TEST_DATA) and never copied in. Skipped by name only where that is not
// set; set to a folder that lacks them, it fails.

const data = process.env['ZONEWARD_TEST_DATA']
const folder = data ? join(data, 'zones') : null
const title = folder === null ? 'real zone files (skipped: ZONEWARD_TEST_DATA is not set)' : 'real zone files'
const suite = describe.skipIf(folder === null)

suite(title, () => {
  let product: Product
  let owner: Caller
  let provider: string

  beforeAll(async () => {
    if (!existsSync(folder ?? '')) throw new Error(`ZONEWARD_TEST_DATA has no zones: ${folder} is missing.`)
    product = await startProduct()
    owner = (await foundAgency(product)).owner
    provider = must(await owner.post('/v1/providers', { name: 'Name servers' }), 201).id
  })
  afterAll(() => product?.stop())

  const text = (file: string) => readFileSync(join(folder ?? '', file))
  const create = (caller: Caller, name: string, zone_file: string) =>
    caller.post('/v1/zones', { name, provider_id: provider, zone_file })

  needs('/usr/bin/dig')('a file with every record type becomes a zone, and is answered', async () => {
    const zone = must(await create(owner, 'example.com', text('all-types.zone').toString('utf8')), 201)
    const asBindReadsIt = text('all-types.as-bind-reads-it.txt').toString('utf8').split('\n').filter(Boolean)
    expect(zone.records).toBe(asBindReadsIt.length)
    expect(await digUntil(product.dnsPort, 'a\\.b.example.com', 'A', ['192.0.2.7'])).toEqual(['192.0.2.7'])
    expect(await digUntil(product.dnsPort, 'x.wild.example.com', 'A', ['192.0.2.99'])).toEqual(['192.0.2.99'])
  })

  test('a file of a real shape becomes a zone', async () => {
    const zone = must(await create(owner, 'simple.com', text('simple.com.zone').toString('utf8')), 201)
    expect(zone.name_servers).toHaveLength(4)
  })

  test('a file with a CNAME beside the SOA is refused with a sentence, and nothing of it is written', async () => {
    const answer = await create(owner, 'apex.com', text('apex.com.zone').toString('utf8'))
    expect(answer.status).toBe(422)
    expect(answer.text).toMatch(/CNAME/)
    expect(must(await owner.get('/v1/zones?q=apex'), 200).items).toEqual([])
  })

  needs('/usr/bin/dig')(
    'the root zone is for the operator of the instance, who imports it whole',
    async () => {
      const root = gunzipSync(text('root.zone.gz')).toString('utf8')
      const admin = await inviteAndAccept(product, owner, {
        realm: 'staff',
        email: 'piet@agency.example',
        name: 'Piet',
        grants: [{ role_id: 'msp.admin' }],
      })
      const refused = await create(admin.caller, '.', root)
      expect(refused.status).toBeGreaterThanOrEqual(403)
      expect(refused.text).toMatch(/operator/)
      const zone = must(await create(owner, '.', root), 201)
      expect([zone.name, zone.records]).toEqual(['.', root.split('\n').filter(Boolean).length])
      expect(await dig(product.dnsPort, '.', 'NS')).toHaveLength(13)
    },
    60_000,
  )

  test('a public suffix is for the operator too', async () => {
    const admin = await product.signIn({ realm: 'staff', email: 'piet@agency.example', password: password })
    const answer = await admin.post('/v1/zones', { name: 'co.uk', provider_id: provider })
    expect([answer.status, /operator/.test(answer.text)]).toEqual([
      expect.toSatisfy((status: number) => status === 403 || status === 422),
      true,
    ])
  })
})
