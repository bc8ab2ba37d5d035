import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, type Caller, type Cast, castOf, type Product, startProduct } from '../../test/product.ts'

let product: Product
let cast: Cast
let owner: Caller
let admin: Caller
let bakery: string

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
  owner = cast.as['agency-owner']
  admin = cast.as['agency-admin']
  bakery = cast.customers['Bakery'] ?? ''
})
afterAll(() => product.stop())

type Name = keyof Cast['personas']
const id = (name: Name) => cast.personas[name].id
const fieldOf = ({ status, body }: Answer) => [status, body.fields?.[0]?.path]

async function newRole(name: string, based_on: string, permissions?: string[], by = owner): Promise<string> {
  const made = await by.post('/v1/roles', { name, based_on, permissions })
  expect(made.status, made.text).toBe(201)
  return made.body.id
}
async function grant(name: Name, role_id: string, scope: object, by = owner): Promise<string> {
  const given = await by.post('/v1/grants', { subject_id: id(name), role_id, scope })
  expect(given.status, given.text).toBe(201)
  return given.body.id
}
const atBakery = () => ({ kind: 'customer', id: bakery })
const atOrganization = () => ({ kind: 'organization', id: cast.organization })
const holds = async (name: Name, permission: string) =>
  ((await cast.as[name].get('/v1/me')).body.permissions[permission] ?? []).length > 0

test('[X-8] a role of one’s own is an edited copy: listed beside the others, with its difference to the original', async () => {
  const developer = (await owner.get('/v1/roles/msp.developer')).body
  expect(developer).toMatchObject({ set: 'msp', based_on: null, added: [], removed: [], description: '' })
  const made = await owner.post('/v1/roles', {
    name: 'Press office',
    description: 'For whoever writes the news.',
    based_on: 'msp.developer',
    permissions: [...developer.permissions, 'audit.view'].filter((one: string) => one !== 'api.use'),
  })
  expect(made.status, made.text).toBe(201)
  expect(made.body).toMatchObject({
    set: 'custom',
    based_on: 'msp.developer',
    scope_kind: 'customer',
    realms: ['client'],
    description: 'For whoever writes the news.',
    added: ['audit.view'],
    removed: ['api.use'],
    ...{ grants: 0, invitations: 0, ceilings: 0, requests: 0 },
  })
  const listed = (await owner.get('/v1/roles')).body.items
  expect(listed.find((role: { id: string }) => role.id === made.body.id)).toMatchObject({
    ...{ name: 'Press office', description: 'For whoever writes the news.' },
  })
  await grant('bakery-viewer', made.body.id, atBakery())
  expect(await holds('bakery-viewer', 'records.write')).toBe(true)
  expect(await holds('bakery-viewer', 'api.use')).toBe(false)
  expect((await owner.get(`/v1/roles/${made.body.id}`)).body.grants).toBe(1)
  const [shown] = (await owner.get(`/v1/grants?subject_id=${id('bakery-viewer')}`)).body.items.slice(-1)
  expect(shown.role).toBe('Press office')
  const [event] = (await owner.get('/v1/audit-events?action=role.created')).body.items
  expect(event.sentence).toBe('Olive Harbour made the role Press office, a copy of Developer.')
})

test('what is wrong with a role is said by field, and nothing is kept', async () => {
  const wrong = (body: object) => owner.post('/v1/roles', { name: 'Wrong', based_on: 'msp.viewer', ...body })
  const unknown = await wrong({ permissions: ['zones.view', 'zones.eat'] })
  expect(fieldOf(unknown)).toEqual([422, 'permissions.1'])
  expect(unknown.body.detail).toBe('There is no permission "zones.eat".')
  const senseless = await wrong({ permissions: ['lookup.use'] })
  expect(fieldOf(senseless)).toEqual([422, 'permissions.0'])
  expect(senseless.body.detail).toContain('makes no sense at a customer')
  const ofStaff = await wrong({ based_on: 'monitoring.client', permissions: ['providers.view', 'providers.manage'] })
  expect([...fieldOf(ofStaff), ofStaff.body.detail]).toEqual([
    422,
    'permissions.1',
    expect.stringContaining('is for staff'),
  ])
  expect(fieldOf(await wrong({ permissions: [] }))).toEqual([422, 'permissions'])
  expect(fieldOf(await wrong({ based_on: 'msp.king' }))).toEqual([422, 'based_on'])
  expect((await wrong({ based_on: 'msp.block.dns_read' })).body.detail).toContain('is a building block')
  const own = await newRole('Copied', 'msp.viewer')
  expect((await wrong({ based_on: own })).body.detail).toContain('"Copied" is a copy itself: copy "msp.viewer"')
  expect((await wrong({ name: 'COPIED' })).body.detail).toBe('There is a role "COPIED" already: choose another name.')
  expect((await wrong({ name: 'owner' })).body.detail).toContain('"Owner" is the name of a built-in role')
  expect((await owner.patch('/v1/roles/msp.viewer', { name: 'Mine' })).body.detail).toContain('is built in: copy it')
  expect((await owner.delete('/v1/roles/msp.viewer')).status).toBe(409)
  expect((await owner.get('/v1/roles/custom.none')).status).toBe(404)
  const names = (await owner.get('/v1/roles')).body.items.map((role: { name: string }) => role.name)
  expect(names).not.toContain('Wrong')
})

test('an edit is in force at once wherever the role is granted, and says in the log what changed', async () => {
  const role = await newRole('Editor', 'msp.viewer')
  await grant('bakery-viewer', role, atBakery())
  const { permissions } = (await owner.get(`/v1/roles/${role}`)).body
  expect(await holds('bakery-viewer', 'websites.manage')).toBe(false)
  const wider = await owner.patch(`/v1/roles/${role}`, { permissions: [...permissions, 'websites.manage'] })
  expect([wider.status, wider.body.added]).toEqual([200, ['websites.manage']])
  expect(await holds('bakery-viewer', 'websites.manage')).toBe(true)
  expect((await owner.patch(`/v1/roles/${role}`, { permissions, name: 'Reader' })).status).toBe(200)
  expect(await holds('bakery-viewer', 'websites.manage')).toBe(false)
  const [event] = (await owner.get('/v1/audit-events?action=role.changed')).body.items
  expect(event.sentence).toBe('Olive Harbour changed the role Editor, now Reader (removed websites.manage).')
  expect(await product.database.asSuperuser(`select kind from revocation where kind = 'custom_role'`)).toHaveLength(1)
})

test('[X-10] nobody changes a role into what they could not give, nor makes one', async () => {
  const role = await newRole('Office', 'msp.member')
  await grant('agency-member', role, atOrganization())
  const { permissions } = (await owner.get(`/v1/roles/${role}`)).body
  const more = await admin.patch(`/v1/roles/${role}`, { permissions: [...permissions, 'subscription.manage'] })
  expect([more.status, more.body.permission]).toEqual([403, 'subscription.manage'])
  const made = await admin.post('/v1/roles', {
    name: 'Cashier',
    based_on: 'msp.admin',
    permissions: ['subscription.view'],
  })
  expect([made.status, made.body.permission]).toEqual([403, 'subscription.view'])
  expect((await admin.patch(`/v1/roles/${role}`, { permissions: [...permissions, 'reports.view'] })).status).toBe(200)
  // Held by nobody yet, it is judged as if it were given at the organization.
  const unused = await newRole('Unused', 'msp.member')
  const same = await admin.patch(`/v1/roles/${unused}`, { permissions: [...permissions, 'subscription.view'] })
  expect([same.status, same.body.permission]).toEqual([403, 'subscription.view'])
  expect((await cast.as['agency-member'].patch(`/v1/roles/${unused}`, { name: 'Mine' })).status).toBe(403)
})

test('nobody demotes somebody above by editing its role, and the last who holds a permission keeps it', async () => {
  const everything = (await owner.get('/v1/roles/msp.owner')).body.permissions
  const role = await newRole('Second owner', 'msp.owner')
  const held = await grant('agency-member', role, atOrganization())
  const demote = await admin.patch(`/v1/roles/${role}`, { permissions: ['dashboard.view'] })
  expect([demote.status, demote.body.detail]).toEqual([403, expect.stringContaining('and you do not')])
  // With the founder gone down to a member, the copy is all that keeps the organization in somebody's hands.
  const [own] = (
    await owner.get(`/v1/grants?subject_id=${id('agency-owner')}&scope_kind=organization&scope_id=${cast.organization}`)
  ).body.items
  const member = cast.as['agency-member']
  expect((await member.patch(`/v1/grants/${own.id}`, { role_id: 'msp.member' })).status).toBe(200)
  const less = await member.patch(`/v1/roles/${role}`, {
    permissions: everything.filter((one: string) => one !== 'organization.delete'),
  })
  expect([less.status, less.body.permission]).toEqual([409, 'organization.delete'])
  expect((await member.patch(`/v1/grants/${own.id}`, { role_id: 'msp.owner' })).status).toBe(200)
  expect((await owner.delete(`/v1/grants/${held}`)).status).toBe(204)
})

test('a role in use is not deleted, and the answer says where it is used', async () => {
  const role = await newRole('Used', 'msp.viewer')
  const held = await grant('bakery-viewer', role, atBakery())
  const invited = await owner.post('/v1/invitations', {
    realm: 'client',
    email: 'used@bakery.example',
    customer_id: bakery,
    grants: [{ role_id: role }],
  })
  expect(invited.status, invited.text).toBe(201)
  const path = `/v1/customers/${bakery}/ceiling`
  const { permissions, role_ids } = (await owner.get(path)).body
  expect((await owner.put(path, { permissions, role_ids: [...role_ids, role], seats: null })).status).toBe(200)
  const refused = await owner.delete(`/v1/roles/${role}`)
  expect(refused.status).toBe(409)
  expect(refused.body.detail).toBe(
    '"Used" is in use: 1 grant (customer Bakery), 1 open invitation (to used@bakery.example), 1 customer whose admin may hand it out (Bakery). Give another role there first.',
  )
  expect((await owner.get(`/v1/roles/${role}`)).body).toMatchObject({
    grants: 1,
    invitations: 1,
    ceilings: 1,
    requests: 0,
  })
  expect((await cast.as['agency-member'].get(`/v1/roles/${role}`)).body).toMatchObject({ grants: null, ceilings: null })
  expect((await owner.delete(`/v1/invitations/${invited.body.id}`)).status).toBe(204)
  expect((await owner.put(path, { permissions: null, role_ids: null, seats: null })).status).toBe(200)
  // A grant that has ended gives nothing, and goes with the role.
  await product.database.asSuperuser(`update access_grant set ends_at = now() where id = '${held}'`)
  expect((await owner.delete(`/v1/roles/${role}`)).status).toBe(204)
  expect((await owner.get(`/v1/roles/${role}`)).status).toBe(404)
})

test('a role is granted and deleted at the same time, and either the grant or the deletion is refused', async () => {
  for (let round = 0; round < 5; round += 1) {
    const role = await newRole(`Raced ${round}`, 'msp.viewer')
    const body = { subject_id: id('bakery-viewer'), role_id: role, scope: atBakery() }
    const [given, gone] = await Promise.all([owner.post('/v1/grants', body), admin.delete(`/v1/roles/${role}`)])
    expect([
      [201, 409],
      [422, 204],
    ]).toContainEqual([given.status, gone.status])
  }
})

test('whoever is invited with an own role holds it, and its preview and list name it', async () => {
  const role = await newRole('Trainee', 'msp.developer', ['dashboard.view', 'zones.view', 'records.view'])
  const invited = await cast.as['agency-admin'].post('/v1/invitations', {
    realm: 'client',
    email: 'trainee@bakery.example',
    customer_id: bakery,
    grants: [{ role_id: role }],
  })
  expect(invited.status, invited.text).toBe(201)
  expect(invited.body.grants).toMatchObject([{ role: 'Trainee', scope: { name: 'Bakery' } }])
  const token = invited.body.link.split('#')[1]
  const preview = await product.nobody.post('/v1/invitation-previews', { token })
  expect(preview.body.access).toMatchObject([{ role: 'Trainee', scope: 'Bakery' }])
  const { caller } = await product.entering('/v1/acceptances', {
    token,
    name: 'Tess Rye',
    password: 'many-loaves-of-rye',
  })
  expect((await caller.get(`/v1/zones/${cast.zones['bakery.example']}/records`)).status).toBe(200)
})

test('an own role at a zone is shown on the zone screen as what comes from elsewhere, and left alone by it', async () => {
  const role = await newRole('Zone proposer', 'zones.read_only', ['zones.view', 'records.view', 'changes.propose'])
  const zone_id = cast.zones['studio.example'] ?? ''
  const held = await grant('provider-client', role, { kind: 'zone', id: zone_id })
  const path = `/v1/users/${id('provider-client')}/zone-access`
  const rowOf = async () =>
    (await owner.get(`${path}?q=studio`)).body.items.find((row: { zone: { id: string } }) => row.zone.id === zone_id)
  expect(await rowOf()).toMatchObject({ level: 'none', inherited: { level: 'read' } })
  expect((await owner.put(path, { levels: [{ zone_id, level: 'none' }] })).status).toBe(200)
  expect(
    (await owner.get(`/v1/grants?subject_id=${id('provider-client')}`)).body.items.map((one: { id: string }) => one.id),
  ).toContain(held)
})

test('[S2-13] a copy counts as the role that it was copied from: a second of its level is refused, proposing admin', async () => {
  const mail = await newRole('Postmaster', 'hosting.mail')
  const hosting = (await owner.post('/v1/hostings', { customer_id: bakery, name: 'Shop' })).body.id
  const scope = { kind: 'hosting', id: hosting }
  await grant('bakery-developer', 'hosting.web', scope)
  const second = await owner.post('/v1/grants', { subject_id: id('bakery-developer'), role_id: mail, scope })
  expect([second.status, second.body.detail]).toEqual([
    409,
    'Dev Crumb is Web here, and roles of one level do not combine: instead of adding Postmaster, change it to Hosting Admin.',
  ])
  const first = await grant('bakery-viewer', mail, scope)
  const stats = await owner.post('/v1/grants', { subject_id: id('bakery-viewer'), role_id: 'hosting.stats', scope })
  expect(stats.body.detail).toContain('Vera Loaf is Postmaster here')
  const invited = await owner.post('/v1/invitations', {
    realm: 'client',
    email: 'two@bakery.example',
    customer_id: bakery,
    grants: [mail, 'hosting.web'].map((role_id) => ({ role_id, scope })),
  })
  expect([invited.status, invited.body.detail]).toEqual([422, expect.stringContaining('give Hosting Admin instead')])
  const changed = await owner.patch(`/v1/grants/${first}`, { role_id: 'hosting.hosting_admin' })
  expect(changed.status, changed.text).toBe(200)
})

test('a Hosting Admin, and a copy of it, passes on hosting roles and their copies, nothing else', async () => {
  const deputy = await newRole('Deputy', 'hosting.hosting_admin')
  const web = await newRole('Web desk', 'hosting.web')
  const hosting = (await owner.post('/v1/hostings', { customer_id: bakery, name: 'Deputies' })).body.id
  const scope = { kind: 'hosting', id: hosting }
  await grant('agency-member', deputy, scope)
  const by = cast.as['agency-member']
  const passedOn = await grant('zone-user', web, scope, by)
  expect((await by.delete(`/v1/grants/${passedOn}`)).status).toBe(204)
  await grant('zone-user', 'hosting.stats', scope, by)
  const other = await newRole('Watcher', 'hosting.stats', ['dashboard.view', 'grants.view'])
  await grant('provider-client', other, scope, by)
  const elsewhere = { subject_id: id('zone-user'), role_id: 'msp.viewer', scope: atBakery() }
  expect((await by.post('/v1/grants', elsewhere)).body.permission).toBe('grants.manage')
})

test('[S4-14] who invites and removes members does not change roles, and who changes roles does not invite or remove', async () => {
  expect((await owner.patch('/v1/organization', { role_set: 'domains' })).status).toBe(200)
  const { permissions } = (await owner.get('/v1/roles/domains.user')).body
  const inviter = await newRole('Recruiter', 'domains.user', [...permissions, 'members.view', 'members.manage'])
  const changer = await newRole('Role keeper', 'domains.user', [...permissions, 'members.view', 'members.roles.manage'])
  const [ines, carl, uma] = [
    await join('ines', inviter),
    await join('carl', changer),
    await join('uma', 'domains.user'),
  ]
  const roleOf = async (member: { id: string }) =>
    (await owner.get(`/v1/grants?subject_id=${member.id}`)).body.items[0] as { id: string; role_id: string }

  // MANAGE_TEAM: invites with the role that everybody begins with, and removes; chooses and changes no role.
  const invite = (by: Caller, email: string, grants?: object[]) =>
    by.post('/v1/invitations', { realm: 'staff', email: `${email}@harbourpine.example`, grants })
  const plain = await invite(ines.caller, 'plain')
  expect(plain.status, plain.text).toBe(201)
  const accepted = { token: plain.body.link.split('#')[1], name: 'Peer Plain', password: 'many-loaves-of-rye' }
  const peer = (await product.entering('/v1/acceptances', accepted)).answer.body.user
  expect((await roleOf(peer)).role_id).toBe('domains.user')
  const chosen = await invite(ines.caller, 'chosen', [{ role_id: 'domains.user' }])
  expect([chosen.status, chosen.body.permission]).toEqual([403, 'members.roles.manage'])
  const held = await roleOf(uma)
  const byInviter = await ines.caller.patch(`/v1/grants/${held.id}`, { role_id: inviter })
  expect([byInviter.status, byInviter.body.permission]).toEqual([403, 'grants.manage'])
  expect((await ines.caller.delete(`/v1/members/${peer.id}`)).status).toBe(204)

  // MANAGE_USER_ROLES: changes the role of a member, within what it holds; neither invites nor removes.
  expect((await invite(carl.caller, 'c')).body.permission).toBe('members.manage')
  expect((await carl.caller.delete(`/v1/members/${uma.id}`)).body.permission).toBe('members.manage')
  const changed = await carl.caller.patch(`/v1/grants/${held.id}`, { role_id: changer })
  expect(changed.status, changed.text).toBe(200)
  expect((await roleOf(uma)).role_id).toBe(changer)
  expect(changed.body.revocable).toBe(true)
  expect((await carl.caller.patch(`/v1/grants/${held.id}`, { role_id: 'domains.user' })).status).toBe(200)
  for (const [role, permission] of [
    [inviter, 'members.manage'],
    [await newRole('Giver', 'domains.user', [...permissions, 'grants.manage']), 'grants.manage'],
  ]) {
    const more = await carl.caller.patch(`/v1/grants/${held.id}`, { role_id: role })
    expect([more.status, more.body.permission]).toEqual([403, permission])
  }
  const above = await carl.caller.patch(`/v1/grants/${(await roleOf(ines)).id}`, { role_id: 'domains.user' })
  expect([above.status, above.body.detail]).toEqual([403, 'They hold "members.manage" here and you do not.'])
  const elsewhere = { subject_id: uma.id, role_id: 'msp.block.dns_read', scope: atBakery() }
  expect((await carl.caller.post('/v1/grants', elsewhere)).status).toBe(404)
  expect((await owner.patch('/v1/organization', { role_set: 'msp' })).status).toBe(200)
})

/** A member who was invited with this role at the organization. */
async function join(name: string, role_id: string): Promise<{ id: string; caller: Caller }> {
  const invited = await owner.post('/v1/invitations', {
    realm: 'staff',
    email: `${name}@harbourpine.example`,
    grants: [{ role_id }],
  })
  expect(invited.status, invited.text).toBe(201)
  const body = { token: invited.body.link.split('#')[1], name, password: 'many-loaves-of-rye' }
  const { caller, answer } = await product.entering('/v1/acceptances', body)
  expect(answer.status, answer.text).toBe(201)
  return { id: answer.body.user.id, caller }
}
