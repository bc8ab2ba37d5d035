import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Product, startProduct } from '../../test/product.ts'
import { startDemo } from './start-demo.ts'

let product: Product
let file: string
// biome-ignore lint/suspicious/noExplicitAny: the file is read as a script would read it
let demo: any

beforeAll(async () => {
  product = await startProduct()
  file = await startDemo(product.server)
  demo = JSON.parse(readFileSync(file, 'utf8'))
})
afterAll(() => product.stop())

test('the example lists everybody and every zone, for this user’s eyes only', () => {
  expect(file).toBe(join(product.database.config.dataFolder, 'demo.json'))
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(demo.url).toBe(product.url)
  expect(demo.dnsPort).toBe(product.dnsPort)
  expect(demo.personas.map((persona: { name: string }) => persona.name)).toEqual([
    'agency-owner',
    'agency-admin',
    'agency-member',
    'bakery-admin',
    'bakery-developer',
    'bakery-viewer',
    'clinic-viewer',
    'provider-client',
    'zone-user',
    'outsider-owner',
  ])
  for (const persona of demo.personas) {
    expect(Object.keys(persona)).toEqual(['name', 'realm', 'portal', 'email', 'password', 'apiKey', 'grants'])
    expect(persona.password.length).toBeGreaterThanOrEqual(15)
  }
  expect(demo.zones).toContainEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    name: 'bakery.example',
    provider: 'Harbour DNS',
    customer: 'Bakery',
  })
})

test('everybody signs in with what is listed, and every key works', async () => {
  for (const { realm, portal, email, password, apiKey, grants } of demo.personas) {
    const browser = await product.signIn({ realm, portal, email, password })
    expect((await browser.get('/v1/me')).body.grants).toEqual(grants)
    if (apiKey !== null) expect((await product.withKey(apiKey).get('/v1/me')).body.user.email).toBe(email)
  }
  const without = demo.personas.filter((persona: { apiKey: string | null }) => persona.apiKey === null)
  expect(without.map((persona: { name: string }) => persona.name)).toEqual([
    'bakery-viewer',
    'clinic-viewer',
    'provider-client',
  ])
})

test('started again, it keeps everything and notes where it listens now', async () => {
  const again = await startDemo({ ...product.server, url: 'http://127.0.0.1:9', setupLink: null })
  expect(JSON.parse(readFileSync(again, 'utf8'))).toEqual({ ...demo, url: 'http://127.0.0.1:9' })
})
