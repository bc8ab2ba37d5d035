import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Product, startProduct } from '../../test/product.ts'
import { newId } from '../ids.ts'
import { type FilledAgency, fillAgency } from '../zones/testing/fill-agency.ts'

let product: Product
let agency: FilledAgency

beforeAll(async () => {
  product = await startProduct()
  agency = await fillAgency(product)
})
afterAll(() => product.stop())

describe('customers', () => {
  test('a customer is made with a portal of its own, and its maker is its Customer Admin', async () => {
    const name = `Nordwind Blumen ${agency.org.slice(-6)}`
    const made = await agency.as.owner.post('/v1/customers', { name, notes: 'pays late' })
    expect(made.status, made.text).toBe(201)
    expect(made.body).toMatchObject({ name, portal: `nordwind-blumen-${agency.org.slice(-6)}`, zones: 0, people: 0 })
    const portal = await product.nobody.get(`/v1/portals/${made.body.portal}`)
    expect(portal.body).toMatchObject({ title: name, organization: 'Harbour & Pine' })
    const grants = (await agency.as.owner.get(`/v1/grants?subject_id=${agency.ids.owner}`)).body.items
    expect(
      grants.some(
        (grant: { role_id: string; scope: { id: string } }) =>
          grant.role_id === 'hosting.customer_admin' && grant.scope.id === made.body.id,
      ),
    ).toBe(true)
    const again = await agency.as.owner.post('/v1/customers', { name: name.toUpperCase() })
    expect(again.status).toBe(409)
  })

  test('an address that is taken or malformed is refused in its field; a derived one gets a number', async () => {
    const slug = `fern-${agency.org.slice(-6)}`
    const first = await agency.as.owner.post('/v1/customers', { name: `Fern A ${slug}`, portal: slug })
    expect(first.body.portal, first.text).toBe(slug)
    const taken = await agency.as.owner.post('/v1/customers', { name: 'Fern B', portal: slug })
    expect([taken.status, taken.body.fields?.[0].path]).toEqual([422, 'portal'])
    const wrong = await agency.as.owner.post('/v1/customers', { name: 'Fern C', portal: 'No Good' })
    expect(wrong.status).toBe(422)
    const other = await fillAgency(product)
    const derived = await other.as.owner.post('/v1/customers', { name: slug })
    expect(derived.body.portal).toBe(`${slug}-2`)
  })

  test('each sees its own customer only; others answer as ids that never were', async () => {
    const list = async (who: 'bakeryAdmin' | 'clinicViewer') => (await agency.as[who].get('/v1/customers')).body.items
    expect((await list('bakeryAdmin')).map((item: { id: string }) => item.id)).toEqual([])
    const foreign = await agency.as.outsider.get(`/v1/customers/${agency.customers.bakery}`)
    const never = await agency.as.outsider.get(`/v1/customers/${newId()}`)
    expect([foreign.status, foreign.text]).toEqual([404, never.text])
  })

  test('a customer that is deleted takes its client accounts with it, at once; its zones stay', async () => {
    const other = await fillAgency(product)
    const zone = await other.makeZone({ name: other.name('stays'), customer_id: other.customers.clinic })
    expect((await other.as.clinicViewer.get(`/v1/zones/${zone.id}`)).status).toBe(200)
    expect((await other.as.owner.delete(`/v1/customers/${other.customers.clinic}`)).status).toBe(204)
    expect((await other.as.clinicViewer.get(`/v1/zones/${zone.id}`)).status).toBe(401)
    expect((await other.as.owner.get(`/v1/zones/${zone.id}`)).body.customer).toBeNull()
    const kept = await product.database.asSuperuser('select kind from revocation where id = $1', [
      other.ids.clinicViewer,
    ])
    expect(kept).toEqual([{ kind: 'client_user' }])
  })

  test('pages by name hold each once', async () => {
    const ids: string[] = []
    for (let next: string | null = ''; next !== null; ) {
      const { body } = await agency.as.owner.get(`/v1/customers?limit=1${next ? `&cursor=${next}` : ''}`)
      ids.push(...body.items.map((item: { id: string }) => item.id))
      next = body.next
    }
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(2)
  })
})

describe('providers', () => {
  test('are made, renamed, and deleted when they have no zones', async () => {
    const made = await agency.as.owner.post('/v1/providers', { name: 'Third servers' })
    expect(made.body, made.text).toMatchObject({
      name: 'Third servers',
      kind: 'built_in',
      zones: 0,
      can: { 'zones.create': true },
    })
    const path = `/v1/providers/${made.body.id}`
    expect((await agency.as.owner.patch(path, { name: 'Fourth servers' })).body.name).toBe('Fourth servers')
    const zone = await agency.makeZone({ name: agency.name('on-fourth'), provider_id: made.body.id })
    const refused = await agency.as.owner.delete(path)
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      '"Fourth servers" still has 1 zone: move or delete it first',
    ])
    await agency.as.owner.delete(`/v1/zones/${zone.id}`)
    expect((await agency.as.owner.delete(path)).status).toBe(204)
    expect((await agency.as.owner.get(path)).status).toBe(404)
  })
})
