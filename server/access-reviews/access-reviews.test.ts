import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Caller, type Product, startProduct } from '../../test/product.ts'
import { writeUses } from '../access/grant-use.ts'
import { type Agency, layDownAgency, type Persona } from '../access/testing/agency.ts'

let product: Product
let agency: Agency

beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.stop())
beforeEach(async () => {
  agency = await layDownAgency(product)
})

type Item = {
  grant_id: string
  subject: { name: string }
  role: string
  verdict: string | null
  never_used: boolean
  suggested: string | null
  more_than_role: { grant_id: string; role: string; permissions: string[] }[]
}

const open = async (who: Persona, customer: 'bakery' | null = null) =>
  (await agency.as[who].post('/v1/access-reviews', { customer_id: customer && agency.customers[customer] })).body
const itemsOf = async (id: string, query = '', by: Caller = agency.as.owner): Promise<Item[]> => {
  const found: Item[] = []
  for (let cursor = ''; ; ) {
    const { body, status, text } = await by.get(`/v1/access-reviews/${id}/items?limit=3${query}${cursor}`)
    expect(status, text).toBe(200)
    found.push(...body.items)
    if (body.next === null) return found
    cursor = `&cursor=${body.next}`
  }
}
const words = (items: Item[]) => items.map((item) => `${item.role} of ${item.subject.name}`)
const decide = (by: Persona, id: string, decisions: Record<string, string>) =>
  agency.as[by].put(`/v1/access-reviews/${id}/items`, {
    decisions: Object.entries(decisions).map(([grant_id, verdict]) => ({ grant_id, verdict })),
  })
const grantOf = async (who: Persona): Promise<string> =>
  (await agency.as.owner.get(`/v1/grants?subject_id=${agency.ids[who]}`)).body.items[0].id
const written = () => writeUses(product.server.context.database, product.server.context.log)
/** Sets everything 40 days back: what the grants are, and since when use is known. */
const fortyDaysPass = async () => {
  await product.database.asSuperuser(
    "update access_grant set created_at = created_at - interval '40 days' where org_id = $1",
    [agency.org],
  )
  await product.database.asSuperuser("update instance set use_known_since = use_known_since - interval '40 days'")
}

test('[X-22] a review shows what was never used, what ends soon and who holds more than the role; one pass confirms and revokes', async () => {
  await fortyDaysPass()
  const soon = await agency.as.owner.post('/v1/grants', {
    subject_id: agency.ids.bakeryViewer,
    role_id: 'msp.developer',
    scope: { kind: 'customer', id: agency.customers.bakery },
    ends_at: new Date(Date.now() + 86_400_000).toISOString(),
  })
  expect((await agency.as.bakeryDeveloper.get(`/v1/zones/${agency.zones.bakery}`)).status).toBe(200)
  await written()
  const review = await open('owner', 'bakery')
  expect(review).toMatchObject({ customer: { name: 'The bakery' }, confirmed: 0, revoked: 0, undecided: 4 })
  const all = await itemsOf(review.id)
  expect(words(all).sort()).toEqual([
    'Client Admin of Bella Baker',
    'Developer of Dora Developer',
    'Developer of Vera Viewer',
    'Viewer of Vera Viewer',
  ])
  const never = await itemsOf(review.id, '&show=never_used')
  expect(words(never)).not.toContain('Developer of Dora Developer')
  // The newest was made a moment ago: that it is not used yet says nothing.
  expect(Object.fromEntries(never.map((item) => [`${item.role} of ${item.subject.name}`, item.suggested]))).toEqual({
    'Client Admin of Bella Baker': 'revoke',
    'Viewer of Vera Viewer': 'revoke',
    'Developer of Vera Viewer': null,
  })
  expect(words(await itemsOf(review.id, '&show=ends_soon'))).toEqual(['Developer of Vera Viewer'])
  const [more, ...others] = await itemsOf(review.id, '&show=more_than_role')
  expect([more?.role, others]).toEqual(['Viewer', []])
  expect(more?.more_than_role).toMatchObject([{ grant_id: soon.body.id, role: 'Developer' }])
  expect(more?.more_than_role[0]?.permissions).toContain('records.write')

  const [viewer, developer] = [await grantOf('bakeryViewer'), await grantOf('bakeryDeveloper')]
  const pass = { [viewer]: 'confirmed', [developer]: 'confirmed', [soon.body.id]: 'revoked' }
  for (let turn = 0; turn < 2; turn += 1) {
    const decided = await decide('owner', review.id, pass)
    expect(decided.status, decided.text).toBe(200)
    expect(decided.body).toMatchObject({ confirmed: 2, revoked: 1, undecided: 1 })
  }
  const write = { name: 'www', type: 'A', data: '192.0.2.1' }
  expect((await agency.as.bakeryViewer.post(`/v1/zones/${agency.zones.bakery}/records`, write)).status).toBe(403)
  expect(words(await itemsOf(review.id, '&show=undecided'))).toEqual(['Client Admin of Bella Baker'])
  expect((await itemsOf(review.id)).find(({ grant_id }) => grant_id === soon.body.id)).toMatchObject({
    verdict: 'revoked',
    decided_by: 'Olga Owner',
    subject: { name: 'Vera Viewer' },
  })
  for (let turn = 0; turn < 2; turn += 1) {
    const closed = await agency.as.owner.post(`/v1/access-reviews/${review.id}/closure`)
    expect(closed.body).toMatchObject({ undecided: 1, closed_at: expect.any(String) })
  }
  expect(await itemsOf(review.id)).toHaveLength(3)
  expect((await decide('owner', review.id, pass)).status).toBe(409)
  const { items } = (await agency.as.owner.get('/v1/audit-events')).body
  const told: string[] = items.map(({ sentence }: { sentence: string }) => sentence)
  expect(told.filter((sentence) => sentence.includes('review') || sentence.includes('went through'))).toEqual([
    'Olga Owner closed the access review of the customer The bakery, with 1 left undecided.',
    'Olga Owner went through grants of the customer The bakery: 2 confirmed, 1 revoked.',
    'Olga Owner began an access review of the customer The bakery.',
  ])
})

test('one that may not be revoked is named, and nothing of the pass is done', async () => {
  const review = await open('admin')
  const [owner, viewer] = [await grantOf('owner'), await grantOf('bakeryViewer')]
  const above = await decide('admin', review.id, { [viewer]: 'revoked', [owner]: 'revoked' })
  expect([above.status, above.body.fields[0]]).toEqual([
    403,
    {
      path: 'decisions.1.grant_id',
      message: expect.stringContaining('Owner of Olga Owner on the organization Harbour & Pine: They hold'),
    },
  ])
  const last = await decide('owner', review.id, { [viewer]: 'revoked', [owner]: 'revoked' })
  expect([last.status, last.body.fields[0].path]).toEqual([409, 'decisions.1.grant_id'])
  const never = await decide('owner', review.id, { [viewer]: 'revoked', [agency.org]: 'confirmed' })
  expect([never.status, never.body.fields[0].path]).toEqual([422, 'decisions.1.grant_id'])
  const twice = await agency.as.owner.put(`/v1/access-reviews/${review.id}/items`, {
    decisions: [viewer, viewer].map((grant_id) => ({ grant_id, verdict: 'confirmed' })),
  })
  expect(twice.body.fields[0].path).toBe('decisions.1.grant_id')
  expect((await agency.as.owner.get(`/v1/access-reviews/${review.id}`)).body).toMatchObject({
    confirmed: 0,
    revoked: 0,
  })
  expect((await agency.as.bakeryViewer.get(`/v1/zones/${agency.zones.bakery}`)).status).toBe(200)
  expect((await decide('owner', review.id, { [viewer]: 'revoked' })).status).toBe(200)
  expect((await agency.as.bakeryViewer.get(`/v1/zones/${agency.zones.bakery}`)).status).toBe(404)
  const gone = await decide('owner', review.id, { [viewer]: 'confirmed' })
  expect([gone.status, gone.body.fields[0].message]).toEqual([422, expect.stringContaining('is gone already')])
})

test('who does not manage access there sees no review; a second one of the same place is the one that is open', async () => {
  const review = await open('owner')
  expect((await open('admin')).id).toBe(review.id)
  const bakery = await open('owner', 'bakery')
  const listed = await agency.as.admin.get('/v1/access-reviews')
  expect(listed.body.items.map(({ id }: { id: string }) => id)).toEqual([bakery.id, review.id])
  const missing = await agency.as.member.get(`/v1/access-reviews/${agency.org}`)
  for (const who of ['member', 'outsider', 'bakeryAdmin', 'clinicAdmin'] as const) {
    const seen = await agency.as[who].get(`/v1/access-reviews/${review.id}/items`)
    expect([seen.status, seen.text], who).toEqual([404, missing.text])
    expect((await decide(who, review.id, { [await grantOf('bakeryViewer')]: 'revoked' })).status, who).toBe(404)
  }
  expect((await agency.as.member.post('/v1/access-reviews', {})).status).toBe(403)
  expect(
    (await agency.as.bakeryAdmin.post('/v1/access-reviews', { customer_id: agency.customers.bakery })).status,
  ).toBe(403)
  expect((await agency.as.owner.post('/v1/access-reviews', { customer_id: agency.zones.bakery })).status).toBe(404)
  await agency.grant('member', 'hosting.customer_admin', { kind: 'customer', id: agency.customers.bakery })
  const mine = await agency.as.member.get('/v1/access-reviews')
  expect(mine.body.items.map(({ id }: { id: string }) => id)).toEqual([bakery.id])
})

test('a grant that is made while the review is open is not in it', async () => {
  const review = await open('owner')
  const before = await itemsOf(review.id)
  await agency.grant('member', 'msp.admin', { kind: 'organization', id: agency.org })
  expect(words(await itemsOf(review.id))).toEqual(words(before))
})

test('the grants that carried a request are noted to the hour; lists, questions and looking as somebody else note nothing', async () => {
  const usedBy = async (who: Persona) =>
    (
      await product.database.asSuperuser(
        `select to_char(used_at, 'MI:SS') as at from grant_use join access_grant on id = grant_id where subject_id = $1`,
        [agency.ids[who]],
      )
    ).map(({ at }) => at)
  await agency.as.bakeryViewer.get('/v1/zones')
  await agency.as.owner.post('/v1/access/checks', {
    checks: [
      {
        permission: 'zones.view',
        resource: { kind: 'zone', id: agency.zones.bakery },
        subject_id: agency.ids.bakeryViewer,
      },
    ],
  })
  await agency.as.bakeryViewer.post('/v1/access/checks', {
    checks: [{ permission: 'zones.view', resource: { kind: 'zone', id: agency.zones.bakery } }],
  })
  const view = await agency.as.owner.post('/v1/view-as', { subject_id: agency.ids.bakeryViewer, reason: 'Ticket 7' })
  const through = { 'zoneward-view-as': view.body.id }
  expect((await agency.as.owner.get(`/v1/zones/${agency.zones.bakery}`, through)).body.name).toBe('bakery.example')
  await written()
  expect([await usedBy('bakeryViewer'), await usedBy('owner')]).toEqual([[], ['00:00']])
  await agency.as.bakeryViewer.get(`/v1/zones/${agency.zones.bakery}`)
  await written()
  expect(await usedBy('bakeryViewer')).toEqual(['00:00'])
  expect(await usedBy('bakeryAdmin')).toEqual([])
})
