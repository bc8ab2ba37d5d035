import { paths } from '@zoneward/api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Product, startProduct } from '../../test/product.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.stop())

test('the server says that it is ready, and which version it is', async () => {
  const answer = await product.nobody.get('/healthz')
  expect(answer.body).toEqual({ status: 'ok', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) })
})

test('the description says the permission of every operation; public ones say null', async () => {
  const { body } = await product.nobody.get('/openapi.json')
  expect(body.openapi).toBe('3.1.0')
  for (const [id, [method, path]] of Object.entries(paths)) {
    const operation = body.paths[path][method.toLowerCase()]
    expect(operation.operationId).toBe(id)
    expect('x-permission' in operation, id).toBe(true)
  }
  expect(body.paths['/v1/sessions'].post['x-permission']).toBeNull()
  expect(body.paths['/v1/zones'].get['x-permission']).toBe('zones.view')
})

test('the reference page shows every operation and its permission, and needs no script', async () => {
  const page = await product.nobody.get('/docs/api')
  expect(page.headers.get('content-type')).toMatch(/^text\/html/)
  for (const [, path] of Object.values(paths)) expect(page.text).toContain(`<code>${path}</code>`)
  expect(page.text).toContain('data-permission="zones.create"')
  expect(page.text).not.toMatch(/<script|style="|onclick|http-equiv/)
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'/)
  const style = await product.nobody.get('/docs/api.css')
  expect(style.headers.get('content-type')).toMatch(/^text\/css/)
})

test('below /v1 nothing is a page: what is not there is a problem, in whatever way it is asked', async () => {
  for (const path of ['/v1', '/v1/', '/v1/nothing', '/v1/zones/', '/v1//zones']) {
    const answer = await product.nobody.get(path)
    expect(answer.status, path).toBe(404)
  }
  const put = await product.nobody.put('/anything', {})
  expect(put.status).toBe(404)
  expect(put.headers.get('content-type')).toBe('application/problem+json')
})

test('no path leads out of the folder of the pages', async () => {
  for (const path of ['/../package.json', '/%2e%2e/package.json', '/assets/..%2f..%2fpackage.json', '/.built-from']) {
    const answer = await product.nobody.get(path)
    expect(answer.text, path).not.toContain('"devDependencies"')
    if (answer.status === 200) expect(answer.headers.get('content-type'), path).toMatch(/^text\/html/)
  }
})
