import { type OperationId, operations, paths } from '@zoneward/api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, type Caller, type Cast, castOf, type Product, startProduct } from '../../test/product.ts'
import type { PersonaName } from '../demo/cast.ts'

// What each of the cast is answered, operation by operation, on things of the bakery. A change of the model, of the
// table of operations or of a handler shows as a change of the file; `vitest run -u` writes it anew, to be reviewed.

let product: Product
let cast: Cast
let owner: Caller
let never: string

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
  owner = cast.as['agency-owner']
  never = cast.organization.replace(/.{4}$/, 'ffff')
})
afterAll(() => product.stop())

type Attempt = { params?: Record<string, string>; query?: string; body?: object }
type Asked = Exclude<OperationId, Unasked>
// Asked of nobody, or about nobody but the caller.
type Unasked =
  | ('health.read' | 'openapi.read' | 'setup.read' | 'setup.create' | 'portals.read' | 'sessions.create')
  | ('sessions.delete' | 'me.read' | 'me.password.replace' | 'invitation_previews.create' | 'acceptances.create')
  | ('activity.list' | 'permissions.list' | 'roles.list' | 'invitations.list' | 'api_keys.list' | 'api_keys.delete')
  | ('guest.read' | 'guest_links.list' | 'guest_links.delete' | 'proposals.withdraw' | 'api_keys.access')
  | ('access_requests.list' | 'access_requests.create' | 'access_requests.read' | 'access_requests.withdraw')
  | ('authzen.configuration' | 'authzen.evaluations' | 'authzen.subjects' | 'authzen.resources' | 'authzen.actions')
  // What a preview and an assertion name is asked for in their own tests.
  | ('access_previews.create' | 'assertions.create')
  // Nothing is left after it; it has a test of its own.
  | 'organization.delete'
  | ('view_as.end' | 'sessions.organization.replace' | 'me.update' | 'roles.read')

test('the golden table of persona, operation and answer is as reviewed', async () => {
  await expect(await printTable()).toMatchFileSnapshot('golden-requests.txt')
}, 120_000)

async function printTable(): Promise<string> {
  const callers = personas()
  const rows = [['', ...callers.map(([name]) => name)]]
  for (const [id, attempt] of Object.entries(attempts()) as [Asked, () => Promise<Attempt>][]) {
    const cells: string[] = []
    for (const [, caller] of callers) cells.push(wordOf(await send(caller, id, await attempt())))
    rows.push([`${id} (${operations[id].permission})`, ...cells])
  }
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const legend = 'yes: done    no: 403, the permission is missing    404: as if it never was    401: sign in first'
  return `${legend}\nThings are of the bakery; dev-key is a key of bakery-developer.\n\n${lines.join('\n')}\n`
}

function personas(): [string, Caller][] {
  const names = Object.keys(cast.as) as PersonaName[]
  return [
    ...names.map((name): [string, Caller] => [name, cast.as[name]]),
    ['dev-key', cast.key('bakery-developer')],
    ['nobody', product.nobody],
  ]
}

function send(caller: Caller, id: OperationId, { params = {}, query = '', body }: Attempt): Promise<Answer> {
  const [method, path] = paths[id]
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => params[name] ?? '')
  return caller.request(method, `${filled}${query && `?${query}`}`, body)
}

function wordOf({ status, text }: Answer): string {
  if (status >= 200 && status < 300) return 'yes'
  if (status === 403) return 'no'
  if (status === 404 || status === 401) return String(status)
  throw new Error(`answered ${status}: ${text}`)
}

let made = 0
const fresh = () => {
  made += 1
  return `n${made}`
}

async function madeByOwner(id: OperationId, attempt: Attempt): Promise<Record<string, string>> {
  const answer = await send(owner, id, attempt)
  if (answer.status !== 201) throw new Error(`${id}: ${answer.text}`)
  return answer.body
}

/** One try of each operation, on something fresh where the first success would use it up. */
function attempts(): Record<Asked, () => Promise<Attempt>> {
  const zone_id = cast.zones['bakery.example'] ?? ''
  const customer_id = cast.customers['Bakery'] ?? ''
  const provider_id = cast.providers['Harbour DNS'] ?? ''
  const inZone = { zone_id }
  const viewer = cast.personas['bakery-viewer'].id
  const record = () => ({ name: `${fresh()}.bakery.example`, type: 'TXT', data: '"x"' })
  const newRecord = async () => (await madeByOwner('records.create', { params: inZone, body: record() }))['id'] ?? ''
  const newChange = async () => {
    await newRecord()
    return (await owner.get(`/v1/zones/${zone_id}/changes?limit=1`)).body.items[0].id as string
  }
  const invite = () => ({
    ...{ realm: 'client', email: `${fresh()}@bakery.example`, customer_id, grants: [{ role_id: 'msp.viewer' }] },
  })
  const newGrant = async () => {
    const team = await madeByOwner('teams.create', { body: { name: fresh(), realm: 'client', customer_id } })
    const scope = { kind: 'customer', id: customer_id }
    return (
      (await madeByOwner('grants.create', { body: { subject_id: team['id'], role_id: 'msp.viewer', scope } }))['id'] ??
      ''
    )
  }
  const newRequest = async () => {
    const resource = { kind: 'zone', id: zone_id }
    const body = { permission: 'records.write', resource, record: { name: `${fresh()}.bakery.example`, type: 'TXT' } }
    const answer = await cast.as['bakery-viewer'].post('/v1/access-requests', { ...body, reason: 'a new server' })
    return answer.body.id as string
  }
  const newReview = async () => (await madeByOwner('access_reviews.create', { body: { customer_id } }))['id'] ?? ''
  const grantOfViewer = async () => (await owner.get(`/v1/grants?subject_id=${viewer}`)).body.items[0].id as string
  const newHosting = async () =>
    (await madeByOwner('hostings.create', { body: { customer_id, name: fresh() } }))['id'] ?? ''
  const newRole = async () =>
    (await madeByOwner('roles.create', { body: { name: fresh(), based_on: 'msp.viewer' } }))['id'] ?? ''
  const newAssertion = async () => {
    const rule = { who: { kind: 'realm', realm: 'client' }, permission: 'subscription.manage' }
    const body = { ...rule, at: { kind: 'customer', id: customer_id } }
    return { assertion_id: (await madeByOwner('assertions.create', { body }))['id'] ?? '' }
  }
  const team = async () => (await madeByOwner('teams.create', { body: { name: fresh() } }))['id'] ?? ''
  const newService = async () => ({
    service_account_id: (await madeByOwner('service_accounts.create', { body: { name: fresh() } }))['id'] ?? '',
  })
  const guestLink = {
    ...{ zone_id, patterns: [{ names: ['**.bakery.example'] }] },
    ends_at: new Date(Date.now() + 86_400_000).toISOString(),
  }
  const newProposal = async () => {
    const body = { operations: [{ op: 'create', ...record() }] }
    const made = await send(cast.as['agency-admin'], 'proposals.create', { params: inZone, body })
    return { proposal_id: made.body.proposal.id as string }
  }
  const always = (attempt: Attempt) => async () => attempt
  const zoneBody = () => ({ name: `${fresh()}.example`, provider_id, customer_id })
  const question = { permission: 'records.view', resource: { kind: 'zone', id: zone_id }, subject_id: viewer }
  return {
    'dashboard.read': always({}),
    'organization.read': always({}),
    'organization.update': always({ body: {} }),
    'members.list': always({}),
    'members.delete': always({ params: { member_id: never } }),
    'client_users.list': always({}),
    'client_users.delete': always({ params: { client_user_id: never } }),
    'teams.list': always({}),
    'teams.create': async () => ({ body: { name: fresh() } }),
    'teams.update': async () => ({ params: { team_id: await team() }, body: { name: fresh() } }),
    'teams.delete': async () => ({ params: { team_id: await team() } }),
    'teams.members.add': async () => ({
      params: { team_id: await team(), user_id: cast.personas['agency-member'].id },
    }),
    'teams.members.remove': async () => ({
      params: { team_id: await team(), user_id: cast.personas['agency-member'].id },
    }),
    'invitations.create': async () => ({ body: invite() }),
    'invitations.resend': async () => ({
      params: { invitation_id: (await madeByOwner('invitations.create', { body: invite() }))['id'] ?? '' },
    }),
    'invitations.revoke': async () => ({
      params: { invitation_id: (await madeByOwner('invitations.create', { body: invite() }))['id'] ?? '' },
    }),
    'api_keys.create': async () => ({ body: { name: fresh() } }),
    'service_accounts.list': always({}),
    'service_accounts.create': async () => ({ body: { name: fresh() } }),
    'service_accounts.update': async () => ({ params: await newService(), body: { description: 'deploys' } }),
    'service_accounts.delete': async () => ({ params: await newService() }),
    'service_accounts.keys.create': async () => ({ params: await newService(), body: { name: fresh() } }),
    'guest_links.create': always({ body: guestLink }),
    'customers.list': always({}),
    'customers.create': async () => ({ body: { name: fresh() } }),
    'customers.read': always({ params: { customer_id } }),
    'customers.update': always({ params: { customer_id }, body: { name: 'Bakery' } }),
    'customers.delete': async () => ({
      params: { customer_id: (await madeByOwner('customers.create', { body: { name: fresh() } }))['id'] ?? '' },
    }),
    'customer_ceilings.read': always({ params: { customer_id } }),
    'customer_ceilings.replace': always({
      params: { customer_id },
      body: { permissions: null, role_ids: null, seats: null },
    }),
    'hostings.list': always({}),
    'hostings.create': async () => ({ body: { customer_id, name: fresh() } }),
    'hostings.read': async () => ({ params: { hosting_id: await newHosting() } }),
    'hostings.update': async () => ({ params: { hosting_id: await newHosting() }, body: { place: fresh() } }),
    'hostings.delete': async () => ({ params: { hosting_id: await newHosting() } }),
    'roles.create': async () => ({ body: { name: fresh(), based_on: 'msp.viewer' } }),
    'roles.update': async () => ({ params: { role_id: await newRole() }, body: { description: fresh() } }),
    'roles.delete': async () => ({ params: { role_id: await newRole() } }),
    'providers.list': always({}),
    'providers.create': async () => ({ body: { name: fresh() } }),
    'providers.read': always({ params: { provider_id } }),
    'providers.update': always({ params: { provider_id }, body: { name: 'Harbour DNS' } }),
    'providers.delete': async () => ({
      params: { provider_id: (await madeByOwner('providers.create', { body: { name: fresh() } }))['id'] ?? '' },
    }),
    'zone_file_checks.create': always({ body: { zone_file: '@ 1 IN A 192.0.2.1\n', name: 'a.example' } }),
    'zones.list': always({}),
    'zones.create': async () => ({ body: zoneBody() }),
    'zones.read': always({ params: inZone }),
    'zones.update': always({ params: inZone, body: { customer_id } }),
    'zones.delete': async () => ({
      params: { zone_id: (await madeByOwner('zones.create', { body: zoneBody() }))['id'] ?? '' },
    }),
    'zones.file.read': always({ params: inZone }),
    'zones.file.replace': async () => ({
      params: inZone,
      body: { zone_file: `${fresh()} 60 IN TXT x\n`, mode: 'merge', dry_run: true },
    }),
    'records.list': always({ params: inZone }),
    'records.create': async () => ({ params: inZone, body: record() }),
    'records.read': async () => ({ params: { zone_id, record_id: await newRecord() } }),
    'records.update': async () => ({ params: { zone_id, record_id: await newRecord() }, body: { ttl: 61 } }),
    'records.delete': async () => ({ params: { zone_id, record_id: await newRecord() } }),
    'changes.list': always({ params: inZone }),
    'changes.create': async () => ({
      params: inZone,
      body: { operations: [{ op: 'create', ...record() }], dry_run: true },
    }),
    'changes.read': async () => ({ params: { zone_id, change_id: await newChange() } }),
    'changes.entries.list': async () => ({ params: { zone_id, change_id: await newChange() } }),
    'changes.revert': async () => ({ params: { zone_id, change_id: await newChange() }, body: {} }),
    'proposals.list': always({}),
    'proposals.create': async () => ({ params: inZone, body: { operations: [{ op: 'create', ...record() }] } }),
    'proposals.read': async () => ({ params: await newProposal() }),
    'proposals.approve': async () => ({ params: await newProposal(), body: {} }),
    'proposals.reject': async () => ({ params: await newProposal(), body: { reason: 'not now' } }),
    'grants.list': always({}),
    'grants.create': async () => {
      const team = await madeByOwner('teams.create', { body: { name: fresh(), realm: 'client', customer_id } })
      return { body: { subject_id: team['id'], role_id: 'msp.viewer', scope: { kind: 'customer', id: customer_id } } }
    },
    'grants.update': async () => ({
      params: { grant_id: await newGrant() },
      body: { ends_at: '2099-01-01T00:00:00Z' },
    }),
    'grants.delete': async () => ({ params: { grant_id: await newGrant() } }),
    'zone_access.read': always({ params: { user_id: viewer } }),
    'zone_access.replace': always({ params: { user_id: viewer }, body: { levels: [{ zone_id, level: 'none' }] } }),
    'provider_access.replace': always({
      params: { user_id: cast.personas['provider-client'].id },
      body: { provider_ids: [cast.providers['Pine DNS']] },
    }),
    'access.check': always({ body: { checks: [question] } }),
    'access.explain': always({ body: question }),
    'access.holders': always({ query: `permission=records.view&resource_kind=zone&resource_id=${zone_id}` }),
    'access_requests.decide': async () => ({
      params: { access_request_id: await newRequest() },
      body: { decision: 'refuse' },
    }),
    'access_reviews.list': always({}),
    'access_reviews.create': always({ body: { customer_id } }),
    'access_reviews.read': async () => ({ params: { access_review_id: await newReview() } }),
    'access_review_items.list': async () => ({ params: { access_review_id: await newReview() } }),
    'access_reviews.decide': async () => ({
      params: { access_review_id: await newReview() },
      body: { decisions: [{ grant_id: await grantOfViewer(), verdict: 'confirmed' }] },
    }),
    'access_reviews.close': async () => ({ params: { access_review_id: await newReview() } }),
    'access.resources': always({ query: `permission=records.view&kind=zone&subject_id=${viewer}` }),
    'access.permissions': always({ query: `resource_kind=zone&resource_id=${zone_id}&subject_id=${viewer}` }),
    'access.matrix': always({ query: `scope_kind=customer&scope_id=${customer_id}` }),
    'assertions.list': always({}),
    'assertions.read': async () => ({ params: await newAssertion() }),
    'assertions.delete': async () => ({ params: await newAssertion() }),
    'assertions.check': always({ body: {} }),
    'authzen.evaluation': always({
      body: {
        ...{ subject: { type: 'user', id: viewer }, action: { name: 'records.view' } },
        resource: { type: 'zone', id: zone_id },
      },
    }),
    'view_as.start': always({ body: { subject_id: viewer } }),
    'operator.read': always({}),
    'operator.organizations.list': always({}),
    'operator.organizations.create': async () => ({ body: { name: fresh(), owner_email: `${fresh()}@x.example` } }),
    'operator.organizations.delete': always({ params: { organization_id: never }, query: 'name=x' }),
    'audit_events.list': always({}),
    'audit_events.export': always({}),
  }
}
