import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, type Cast, castOf, type Product, startProduct } from '../../test/product.ts'

let product: Product
let cast: Cast
let owner: Caller
let admin: Caller

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
  owner = cast.as['agency-owner']
  admin = cast.as['agency-admin']
})
afterAll(() => product.stop())

const id = (name: keyof Cast['personas']) => cast.personas[name].id
const me = async (caller: Caller) => (await caller.get('/v1/me')).body
const switchTo = (caller: Caller, current_team_id: string | null) => caller.patch('/v1/me', { current_team_id })
const features = (caller: Caller, team_features: boolean) => caller.patch('/v1/me', { team_features })

async function teamOf(name: string, people: (keyof Cast['personas'])[], rest: object = {}): Promise<string> {
  const team = await owner.post('/v1/teams', { name, ...rest })
  expect(team.status, team.text).toBe(201)
  for (const one of people) {
    const added = await owner.put(`/v1/teams/${team.body.id}/members/${id(one)}`)
    expect(added.status, added.text).toBe(204)
  }
  return team.body.id
}
async function holdersOf(customer: string): Promise<[string, string][]> {
  const { items } = (await owner.get(`/v1/grants?scope_kind=customer&scope_id=${customer}`)).body
  return items.map((grant: { subject: { id: string }; role_id: string }) => [grant.subject.id, grant.role_id])
}

test('[S2-1] every user has a personal team, first of its own, that nobody shares, renames or deletes', async () => {
  for (const name of ['agency-admin', 'bakery-admin', 'zone-user'] as const) {
    const { teams, user } = await me(cast.as[name])
    expect(teams[0], name).toEqual({ id: user.id, name: user.name, personal: true })
    for (const attempt of [
      await owner.put(`/v1/teams/${user.id}/members/${id('agency-member')}`),
      await owner.patch(`/v1/teams/${user.id}`, { name: 'Mine now' }),
      await owner.delete(`/v1/teams/${user.id}`),
    ]) {
      expect(attempt.status, attempt.text).toBe(409)
      expect(attempt.body.detail).toContain(`personal team of ${user.name}, which is never shared`)
    }
  }
})

test('[S2-2] team features are off until a user, of staff or of a client, switches them on for itself', async () => {
  for (const name of ['agency-member', 'bakery-developer'] as const) {
    const caller = cast.as[name]
    expect((await me(caller)).team_features, name).toBe(false)
    const on = await features(caller, true)
    expect(on.status, on.text).toBe(200)
    expect(on.body.team_features).toBe(true)
    expect((await me(caller)).team_features, name).toBe(true)
    const off = await features(caller, false)
    expect(off.body).toMatchObject({ team_features: false, current_team_id: null })
  }
  expect((await me(admin)).team_features).toBe(false)
})

test('a team is chosen with the features on, among those that one is in', async () => {
  const own = await teamOf('Night shift', ['agency-member'])
  const other = await teamOf('Day shift', [])
  const caller = cast.as['agency-member']
  expect((await switchTo(caller, own)).body.detail).toContain('Team features are off')
  await features(caller, true)
  const foreign = await switchTo(caller, other)
  expect([foreign.status, foreign.body.fields[0].path]).toEqual([422, 'current_team_id'])
  expect(foreign.body.detail).toBe('You are in no such team: choose one of your own, or null for yourself.')
  expect((await switchTo(caller, own)).body).toMatchObject({ current_team_id: own })
  expect((await me(caller)).teams).toEqual([
    { id: id('agency-member'), name: 'Mara Quay', personal: true },
    { id: own, name: 'Night shift', personal: false },
  ])
  expect((await switchTo(caller, id('agency-member'))).body.current_team_id).toBe(null)
  await switchTo(caller, own)
  await features(caller, false)
  await features(caller, true)
  expect((await me(caller)).current_team_id).toBe(null)
})

test('an API key works for its owner alone', async () => {
  const answer = await cast.key('agency-member').patch('/v1/me', { team_features: true })
  expect([answer.status, answer.body.code]).toEqual([409, 'conflict'])
})

test('[S2-4] a new customer goes to the current team, with Customer Admin: the own one, or the one switched to', async () => {
  const alone = await admin.post('/v1/customers', { name: 'Alone' })
  expect(alone.status, alone.text).toBe(201)
  expect(await holdersOf(alone.body.id)).toEqual([[id('agency-admin'), 'hosting.customer_admin']])

  const team = await teamOf('Onboarding', ['agency-admin'])
  await features(admin, true)
  expect((await switchTo(admin, team)).status).toBe(200)
  const shared = await admin.post('/v1/customers', { name: 'Shared' })
  expect(await holdersOf(shared.body.id)).toEqual([[team, 'hosting.customer_admin']])

  expect((await switchTo(admin, null)).status).toBe(200)
  const again = await admin.post('/v1/customers', { name: 'Alone again' })
  expect(await holdersOf(again.body.id)).toEqual([[id('agency-admin'), 'hosting.customer_admin']])
})

test('whoever leaves its current team works for itself again, and still does when it is put back', async () => {
  const team = await teamOf('Leavers', ['agency-admin'])
  await features(admin, true)
  expect((await switchTo(admin, team)).body.current_team_id).toBe(team)
  const place = `/v1/teams/${team}/members/${id('agency-admin')}`
  expect((await owner.delete(place)).status).toBe(204)
  expect((await me(admin)).current_team_id).toBe(null)
  const made = await admin.post('/v1/customers', { name: 'After leaving' })
  expect(await holdersOf(made.body.id)).toEqual([[id('agency-admin'), 'hosting.customer_admin']])
  expect((await owner.put(place)).status).toBe(204)
  expect((await me(admin)).current_team_id).toBe(null)
})

test('a deleted team is the current one of nobody', async () => {
  const team = await teamOf('Short-lived', ['agency-admin'])
  await features(admin, true)
  await switchTo(admin, team)
  expect((await owner.delete(`/v1/teams/${team}`)).status).toBe(204)
  expect((await me(admin)).current_team_id).toBe(null)
})

test('a client account works for a team of its own customer, in its own session', async () => {
  const team = await teamOf('Bakers', ['bakery-admin'], { realm: 'client', customer_id: cast.customers['Bakery'] })
  const caller = cast.as['bakery-admin']
  await features(caller, true)
  expect((await switchTo(caller, team)).body.current_team_id).toBe(team)
  expect((await me(caller)).current_team_id).toBe(team)
  expect((await owner.delete(`/v1/teams/${team}/members/${id('bakery-admin')}`)).status).toBe(204)
  expect((await me(caller)).current_team_id).toBe(null)
})

test('a team is renamed by who manages teams, and not into another one’s name', async () => {
  const team = await teamOf('Rename me', [])
  await teamOf('Taken', [])
  const taken = await owner.patch(`/v1/teams/${team}`, { name: 'taken' })
  expect([taken.status, taken.body.detail]).toEqual([409, 'There is a team "taken" already: choose another name.'])
  expect((await cast.as['agency-member'].patch(`/v1/teams/${team}`, { name: 'Mine' })).status).toBe(403)
  const renamed = await owner.patch(`/v1/teams/${team}`, { name: 'Renamed' })
  expect(renamed.body).toMatchObject({ id: team, name: 'Renamed', members: [] })
  const [event] = (await owner.get('/v1/audit-events?action=team.changed')).body.items
  expect(event.sentence).toBe('Olive Harbour renamed the team Rename me, now Renamed.')
})

test('teams are listed to who sees the members, and to nobody of a client', async () => {
  const names = (answer: { body: { items: { name: string }[] } }) => answer.body.items.map(({ name }) => name)
  expect(names(await cast.as['agency-member'].get('/v1/teams'))).toContain('Renamed')
  for (const name of ['bakery-admin', 'zone-user'] as const) {
    expect((await cast.as[name].get('/v1/teams')).status).toBe(403)
  }
  const first = await owner.get('/v1/teams?limit=2')
  const second = await owner.get(`/v1/teams?limit=100&cursor=${encodeURIComponent(first.body.next)}`)
  expect([...names(first), ...names(second)]).toEqual(names(await owner.get('/v1/teams?limit=100')))
})
