import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect } from 'vitest'
import { needs } from '../../test/debian.ts'
import { type Product, startProduct } from '../../test/product.ts'
import { type Agency, layDownAgency } from '../access/testing/agency.ts'

const run = promisify(execFile)
const text = readFileSync(join(import.meta.dirname, '../../docs/authzen.md'), 'utf8')
const examples = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, command = '']) => command)

let product: Product
let agency: Agency
let token: string

beforeAll(async () => {
  product = await startProduct()
  agency = await layDownAgency(product)
  token = (await agency.as.owner.post('/v1/api-keys', { name: 'policy enforcement' })).body.token
})
afterAll(() => product.stop())

needs('/usr/bin/curl')('[X-19] every example of docs/authzen.md does what it says', async () => {
  const env = {
    PATH: process.env['PATH'],
    ...{ URL: product.url, KEY: token, PERSON: agency.ids.bakeryDeveloper, ZONE: agency.zones.bakery },
  }
  const answers = await Promise.all(
    examples.map(async (command) => JSON.parse((await run('sh', ['-c', command], { env })).stdout)),
  )
  expect(answers).toHaveLength(6)
  const [one, many, who, what, actions, discovery] = answers
  expect(one).toMatchObject({
    decision: true,
    context: { permission: 'records.write', reasons: [{ role: 'Developer' }] },
  })
  expect(many.evaluations.map(({ decision }: { decision: boolean }) => decision)).toEqual([true, true, false])
  expect(many.evaluations[2].context).toMatchObject({ code: 'permission_missing', permission: 'zones.delete' })
  expect(who.results).toContainEqual(expect.objectContaining({ type: 'user', id: agency.ids.bakeryDeveloper }))
  expect(what.results.map(({ id }: { id: string }) => id)).toEqual([agency.zones.bakery, agency.zones.orders])
  expect(actions.results).toContainEqual({ name: 'records.write' })
  expect(discovery.policy_decision_point).toBe(product.url)
})
