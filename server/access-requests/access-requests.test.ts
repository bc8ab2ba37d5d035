import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Product, startProduct } from '../../test/product.ts'
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

const zone = (name: keyof Agency['zones']) => ({ kind: 'zone' as const, id: agency.zones[name] })
const record = { name: '_acme-challenge.bakery.example', type: 'TXT' }
const write = (who: Persona, name = record.name) =>
  agency.as[who].post(`/v1/zones/${agency.zones.bakery}/records`, { name, type: 'TXT', data: '"proof"' })
const ask = (who: Persona, body: object) =>
  agency.as[who].post('/v1/access-requests', { reason: 'the certificate ends tonight', ...body })
const askToWrite = (who: Persona, more: object = {}) =>
  ask(who, { permission: 'records.write', resource: zone('bakery'), record, ...more })
const decide = (who: Persona, id: string, body: object) =>
  agency.as[who].post(`/v1/access-requests/${id}/decision`, body)
const toDecide = async (who: Persona) =>
  (await agency.as[who].get('/v1/access-requests?view=to_decide')).body.items.map(({ id }: { id: string }) => id)
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString()

describe('asking', () => {
  test('[X-3] a refusal says what is missing, what comes near, who can give it, and what to ask for; asked, it is given', async () => {
    const refused = await write('bakeryViewer')
    expect(refused.status, refused.text).toBe(403)
    expect(refused.body).toMatchObject({
      permission: 'records.write',
      nearest: expect.arrayContaining([expect.stringContaining('the role does not include it')]),
      who_can_give: ['Bella Baker', 'your provider'],
      ask: { permission: 'records.write', resource: zone('bakery'), record: null },
    })
    const asked = await ask('bakeryViewer', { ...refused.body.ask, record })
    expect(asked.status, asked.text).toBe(201)
    expect(asked.body).toMatchObject({
      state: 'pending',
      role_id: 'msp.developer',
      scope: { kind: 'customer', name: 'The bakery' },
      patterns: [{ names: [record.name], types: ['TXT'] }],
      hours: 8,
      own: true,
      can_decide: false,
    })
    expect(asked.body.sentence).toContain('records.write on the zone bakery.example, for TXT _acme-challenge')
    expect((await decide('owner', asked.body.id, { decision: 'grant' })).status).toBe(200)
    expect((await write('bakeryViewer')).status).toBe(201)
    const other = await write('bakeryViewer', 'www.bakery.example')
    expect([other.status, other.body.ask.record]).toEqual([403, { name: 'www.bakery.example', type: 'TXT' }])
  })

  test('the same question again is the one that waits; once withdrawn, it is asked anew', async () => {
    const [first, second] = await Promise.all([askToWrite('bakeryViewer'), askToWrite('bakeryViewer')])
    expect([first?.status, second?.status]).toEqual([201, 201])
    expect(second?.body.id).toBe(first?.body.id)
    const path = `/v1/access-requests/${first?.body.id}`
    for (let turn = 0; turn < 2; turn += 1) expect((await agency.as.bakeryViewer.delete(path)).status).toBe(204)
    expect((await agency.as.bakeryViewer.get(path)).body.state).toBe('withdrawn')
    expect((await decide('owner', first?.body.id, { decision: 'grant' })).status).toBe(409)
    const third = await askToWrite('bakeryViewer')
    expect(third.body.id).not.toBe(first?.body.id)
    const { body } = await agency.as.bakeryViewer.get('/v1/access-requests?limit=1')
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual([third.body.id])
    const rest = await agency.as.bakeryViewer.get(`/v1/access-requests?cursor=${body.next}`)
    expect(rest.body.items.map(({ id }: { id: string }) => id)).toEqual([first?.body.id])
  })

  test('what is held already, what no grant can give, and what is not seen are told apart', async () => {
    const held = await askToWrite('bakeryDeveloper', { record: undefined })
    expect([held.status, held.body.detail]).toEqual([409, expect.stringContaining('already')])
    const kept = await ask('bakeryAdmin', { permission: 'zones.settings.manage', resource: zone('bakery') })
    expect([kept.status, kept.body.detail]).toEqual([403, expect.stringContaining('keeps this to itself')])
    const unseen = await ask('bakeryViewer', { permission: 'records.write', resource: zone('clinic') })
    const missing = await ask('bakeryViewer', {
      permission: 'records.write',
      resource: { kind: 'zone', id: agency.org },
    })
    expect([unseen.status, unseen.text]).toEqual([404, missing.text])
    const refused = await agency.as.bakeryAdmin.patch(`/v1/zones/${agency.zones.bakery}`, {
      provider_id: agency.providers.lab,
    })
    expect([refused.status, refused.body.ask]).toEqual([403, undefined])
  })

  test('who cannot give what it does not hold is told what to ask for, too', async () => {
    const here = { kind: 'organization', id: agency.org }
    const give = { subject_id: agency.ids.member, role_id: 'msp.owner', scope: here }
    const refused = await agency.as.admin.post('/v1/grants', give)
    expect([refused.status, refused.body.ask], refused.text).toEqual([
      403,
      { permission: refused.body.permission, resource: here, record: null },
    ])
    expect((await ask('admin', refused.body.ask)).body).toMatchObject({ state: 'pending', role: 'Owner' })
  })

  test('a wrong question names the field', async () => {
    const wrong: [object, string][] = [
      [{ reason: '  ' }, 'reason'],
      [{ hours: 0 }, 'hours'],
      [{ hours: 8761 }, 'hours'],
      [{ permission: 'records.paint' }, 'permission'],
      [{ record: { name: 'www.clinic.example', type: 'TXT' } }, 'record.name'],
      [{ record: { name: 'www.bakery.example', type: 'TEXT' } }, 'record.type'],
    ]
    for (const [body, path] of wrong) {
      const answer = await askToWrite('bakeryViewer', body)
      expect([answer.status, answer.body.fields?.[0].path], answer.text).toEqual([422, path])
    }
    expect((await agency.as.bakeryViewer.get('/v1/access-requests')).body.items).toEqual([])
  })

  test('a key asks for its owner', async () => {
    const key = await agency.keyOf('bakeryDeveloper')
    const body = { permission: 'domains.manage', resource: { kind: 'customer', id: agency.customers.bakery } }
    const asked = await key.post('/v1/access-requests', { ...body, reason: 'renewal' })
    expect(asked.status, asked.text).toBe(201)
    expect(asked.body).toMatchObject({ own: true, subject: { name: 'Dora Developer' } })
  })
})

describe('deciding', () => {
  test('whoever could grant it sees it and gets a mail, nobody else; clients are told no names of staff', async () => {
    const { id } = (await askToWrite('bakeryViewer')).body
    for (const who of ['owner', 'admin', 'bakeryAdmin'] as const) expect(await toDecide(who), who).toEqual([id])
    for (const who of ['member', 'outsider', 'bakeryViewer', 'bakeryDeveloper', 'clinicAdmin', 'zoneUser'] as const) {
      expect(await toDecide(who), who).toEqual([])
      if (who === 'bakeryViewer') continue
      expect((await agency.as[who].get(`/v1/access-requests/${id}`)).status, who).toBe(404)
      expect((await decide(who, id, { decision: 'refuse' })).status, who).toBe(404)
    }
    const told = await mailsAbout('Vera Viewer asks for access', 3)
    expect(told.map(({ to }) => to.split('-')[0]).sort()).toEqual(['admin', 'bakeryadmin', 'owner'])
    expect(told[0]?.text).toContain('the certificate ends tonight')
    const refused = await decide('owner', id, { decision: 'refuse', comment: 'Dora does it today.' })
    expect(refused.body).toMatchObject({ state: 'refused', decided_by: 'Olga Owner' })
    const seen = await agency.as.bakeryViewer.get(`/v1/access-requests/${id}`)
    expect(seen.body).toMatchObject({ state: 'refused', decided_by: 'your provider', comment: 'Dora does it today.' })
    const [answer] = await mailsAbout('Access was refused', 1)
    expect(answer?.to).toContain('bakeryviewer')
    expect(answer?.text).toContain('Your provider refused it')
    expect(`${seen.text}${answer?.text}`).not.toContain('Olga')
  })

  test('pages of what waits put together are all that is the caller’s to decide, however much waits for others', async () => {
    const first = (await askToWrite('bakeryViewer')).body
    // Every other one is for what a Client Admin does not hold, and so cannot give.
    await product.database.asSuperuser(
      `insert into access_request (org_id, id, subject_id, permission, resource_kind, resource_id, record, role_id, scope_kind, scope_id, hours, reason)
       select org_id, uuidv7_like, subject_id, permission, resource_kind, resource_id, jsonb_build_object('name', i, 'type', 'TXT'),
         case when i % 2 = 0 then role_id else 'hosting.customer_admin' end, scope_kind, scope_id, hours, reason
       from access_request, generate_series(1, 500) i, lateral (select (left(id::text, 24) || lpad(to_hex(i), 12, '0'))::uuid as uuidv7_like) made
       where id = $1`,
      [first.id],
    )
    const found = new Set<string>()
    let pages = 0
    for (let cursor = ''; ; pages += 1) {
      const { body } = await agency.as.bakeryAdmin.get(`/v1/access-requests?view=to_decide&limit=40${cursor}`)
      for (const { id } of body.items) found.add(id)
      if (body.next === null) break
      cursor = `&cursor=${body.next}`
    }
    expect([found.size, pages]).toEqual([251, 6])
    expect((await agency.as.owner.get('/v1/access-requests?view=to_decide&limit=1000')).body.items).toHaveLength(501)
  })

  test('[X-7] access is asked for and given for some hours; it ends by itself, as other access begins by itself, and all of it is in the audit log', async () => {
    const { id } = (await askToWrite('bakeryViewer', { hours: 2 })).body
    const granted = await decide('bakeryAdmin', id, { decision: 'grant', ends_at: inSeconds(2), comment: 'Be quick.' })
    expect(granted.status, granted.text).toBe(200)
    expect(granted.body).toMatchObject({ state: 'granted', decided_by: 'Bella Baker', can_decide: false })
    expect((await write('bakeryViewer')).status).toBe(201)
    await sleep(2_200)
    const after = await write('bakeryViewer')
    expect(after.status).toBe(403)
    expect(after.body.nearest).toContain('Developer (customer): this access has ended.')
    const later = { starts_at: inSeconds(1), ends_at: inSeconds(2.5), role_id: 'msp.developer' }
    const scope = { kind: 'customer', id: agency.customers.bakery }
    const made = await agency.as.owner.post('/v1/grants', { subject_id: agency.ids.bakeryViewer, scope, ...later })
    expect(made.status, made.text).toBe(201)
    expect((await write('bakeryViewer')).body.nearest).toContain('Developer (customer): this access has not begun yet.')
    await sleep(1_100)
    expect((await write('bakeryViewer', 'www.bakery.example')).status).toBe(201)
    await sleep(1_600)
    expect((await write('bakeryViewer')).status).toBe(403)
    const { items } = (await agency.as.owner.get(`/v1/audit-events?customer_id=${agency.customers.bakery}`)).body
    const told = items.map(({ sentence }: { sentence: string }) => sentence)
    expect(told).toContain(
      'Vera Viewer asked for the role Developer on the customer The bakery for 2 hours: the certificate ends tonight.',
    )
    expect(told.some((each: string) => each.startsWith('Bella Baker lent Vera Viewer the role Developer on the'))).toBe(
      true,
    )
    const event = items.find(({ action }: { action: string }) => action === 'access_request.granted')
    expect(event.facts).toMatchObject({ comment: 'Be quick.', asked: { hours: 2 }, grant: granted.body.grant_id })
  })

  test('shorter and narrower is fine, longer and wider is refused', async () => {
    const { id } = (await askToWrite('bakeryViewer', { hours: 4, record: undefined })).body
    const wrong: [object, string][] = [
      [{ hours: 5 }, 'hours'],
      [{ ends_at: inSeconds(5 * 3600) }, 'ends_at'],
      [{ ends_at: inSeconds(-1) }, 'ends_at'],
      [{ hours: 1, ends_at: inSeconds(10) }, 'ends_at'],
      [{ role_id: 'msp.client_admin' }, 'role_id'],
      [{ role_id: 'msp.viewer' }, 'role_id'],
      [{ role_id: 'no.role' }, 'role_id'],
      [{ patterns: [{ names: ['**.clinic..example'] }] }, 'patterns.0.names.0'],
    ]
    for (const [body, path] of wrong) {
      const answer = await decide('owner', id, { decision: 'grant', ...body })
      expect([answer.status, answer.body.fields?.[0].path], `${JSON.stringify(body)} ${answer.text}`).toEqual([
        422,
        path,
      ])
    }
    const less = { hours: 1, patterns: [{ names: ['www.bakery.example'], types: ['TXT'] }] }
    const granted = await decide('owner', id, { decision: 'grant', ...less })
    expect(granted.status, granted.text).toBe(200)
    expect(Date.parse(granted.body.ends_at) - Date.now()).toBeLessThanOrEqual(3_600_000)
    expect((await write('bakeryViewer', 'www.bakery.example')).status).toBe(201)
    expect((await write('bakeryViewer')).status).toBe(403)
    const narrow = (await askToWrite('bakeryViewer')).body
    const wider = await decide('owner', narrow.id, { decision: 'grant', patterns: [{ names: ['**.bakery.example'] }] })
    expect([wider.status, wider.body.fields[0].path]).toEqual([422, 'patterns'])
  })

  test('the same decision again is the first one; another is told what was decided', async () => {
    const { id } = (await askToWrite('bakeryViewer')).body
    const granted = await decide('owner', id, { decision: 'grant' })
    const again = await decide('admin', id, { decision: 'grant' })
    expect([again.status, again.body.grant_id]).toEqual([200, granted.body.grant_id])
    expect((await decide('owner', id, { decision: 'refuse' })).status).toBe(409)
    const grants = await agency.as.owner.get(`/v1/grants?subject_id=${agency.ids.bakeryViewer}`)
    expect(grants.body.items).toHaveLength(2)
  })

  test('nobody decides their own request, and nobody grants what they do not hold', async () => {
    await agency.grant('bakeryDeveloper', 'hosting.customer_admin', { kind: 'customer', id: agency.customers.bakery })
    const body = { permission: 'websites.manage', resource: { kind: 'customer', id: agency.customers.clinic } }
    expect((await ask('bakeryDeveloper', body)).status).toBe(404)
    const own = (
      await ask('admin', { permission: 'organization.delete', resource: { kind: 'organization', id: agency.org } })
    ).body
    const self = await decide('admin', own.id, { decision: 'grant' })
    expect([self.status, self.body.detail]).toEqual([403, expect.stringContaining('their own request')])
    await agency.grant('member', 'msp.admin', { kind: 'organization', id: agency.org })
    expect(await toDecide('member')).toEqual([])
    expect((await decide('member', own.id, { decision: 'grant' })).status).toBe(403)
    expect((await decide('member', own.id, { decision: 'refuse' })).status).toBe(403)
    expect((await decide('owner', own.id, { decision: 'grant', hours: 1 })).status).toBe(200)
  })

  test('who lost sight of the thing, or was removed, gets nothing', async () => {
    const zoneUser = await agency.grant('zoneUser', 'zones.read_only', zone('agency'))
    const body = { permission: 'records.write', resource: zone('agency') }
    const lost = (await ask('zoneUser', body)).body
    expect(lost).toMatchObject({ state: 'pending', role_id: 'zones.read_write', scope: zone('agency') })
    expect((await agency.as.owner.delete(`/v1/grants/${zoneUser}`)).status).toBe(204)
    const answer = await decide('owner', lost.id, { decision: 'grant' })
    expect([answer.status, answer.body.detail]).toEqual([409, expect.stringContaining('no longer sees')])
    const seen = await agency.as.zoneUser.get(`/v1/access-requests/${lost.id}`)
    expect(seen.text).not.toContain('harbourpine.example')
    expect((await decide('owner', lost.id, { decision: 'refuse' })).status).toBe(200)
    const gone = (await askToWrite('bakeryViewer')).body
    expect((await agency.as.owner.delete(`/v1/client-users/${agency.ids.bakeryViewer}`)).status).toBe(204)
    expect((await decide('owner', gone.id, { decision: 'grant' })).status).toBe(404)
    expect(await toDecide('owner')).toEqual([])
  })

  test('what was moved to another customer meanwhile is not given by an old request', async () => {
    const { id } = (await askToWrite('bakeryViewer')).body
    const moved = await agency.as.owner.patch(`/v1/zones/${agency.zones.bakery}`, {
      customer_id: agency.customers.clinic,
    })
    expect(moved.status, moved.text).toBe(200)
    const answer = await decide('owner', id, { decision: 'grant' })
    expect([answer.status, answer.body.detail]).toEqual([409, expect.stringContaining('was moved')])
    expect((await agency.as.owner.get(`/v1/grants?subject_id=${agency.ids.bakeryViewer}`)).body.items).toHaveLength(1)
  })

  test('of a yes and a no at the same time one is the answer', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const { id } = (await askToWrite('bakeryViewer', { record: { ...record, name: `n${turn}.bakery.example` } })).body
      const answers = await Promise.all([
        decide('owner', id, { decision: 'grant' }),
        decide('admin', id, { decision: 'refuse' }),
      ])
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
      const { state, grant_id } = (await agency.as.bakeryViewer.get(`/v1/access-requests/${id}`)).body
      expect([state, grant_id !== null]).toEqual(answers[0]?.status === 200 ? ['granted', true] : ['refused', false])
    }
  })

  test('access to a hosting is asked for and given at the hosting alone', async () => {
    const customer_id = agency.customers.bakery
    const hosting = await agency.as.owner.post('/v1/hostings', { customer_id, name: 'shop', place: 'web-2' })
    expect(hosting.status, hosting.text).toBe(201)
    const resource = { kind: 'hosting', id: hosting.body.id }
    const asked = await ask('bakeryAdmin', { permission: 'hosting.stats.view', resource })
    expect(asked.body).toMatchObject({ role_id: 'hosting.stats', scope: { ...resource, name: 'shop' } })
    const granted = await decide('owner', asked.body.id, { decision: 'grant', hours: 1 })
    expect(granted.status, granted.text).toBe(200)
    const checks = [{ permission: 'hosting.stats.view', resource }]
    expect((await agency.as.bakeryAdmin.post('/v1/access/checks', { checks })).body.answers[0].allowed).toBe(true)
  })

  test('a decision is judged by the assertions, like every change of access, and the request then waits on', async () => {
    const { id } = (await askToWrite('bakeryViewer')).body
    const rule = await agency.as.owner.post('/v1/assertions', {
      who: { kind: 'subject', subject_id: agency.ids.bakeryViewer },
      permission: 'records.write',
      at: { kind: 'customer', id: agency.customers.bakery },
    })
    expect(rule.status, rule.text).toBe(201)
    const answer = await decide('owner', id, { decision: 'grant' })
    expect([answer.status, answer.body.assertion?.id], answer.text).toEqual([409, rule.body.id])
    expect((await agency.as.bakeryViewer.get(`/v1/access-requests/${id}`)).body.state).toBe('pending')
    expect(await mailsAbout('Access was granted', 1, 500)).toEqual([])
    expect((await decide('owner', id, { decision: 'refuse' })).status).toBe(200)
  })

  test('a decision is previewed: nothing of it stays, and no mail goes out', async () => {
    const { id } = (await askToWrite('bakeryViewer')).body
    const step = { operation: 'access_requests.decide', params: { access_request_id: id }, body: { decision: 'grant' } }
    const preview = await agency.as.owner.post('/v1/access/previews', { steps: [step] })
    expect(preview.status, preview.text).toBe(200)
    expect(preview.body.refusals).toEqual([])
    const [gained] = preview.body.differences.flatMap((each: { gained: unknown[] }) => each.gained)
    expect(gained).toMatchObject({ permission: expect.stringContaining('records.') })
    expect((await agency.as.bakeryViewer.get(`/v1/access-requests/${id}`)).body.state).toBe('pending')
    expect((await write('bakeryViewer')).status).toBe(403)
    expect(await mailsAbout('Access was granted', 1, 500)).toEqual([])
  })

  test('a decision by key is one of its owner within its ceiling', async () => {
    const { id } = (await askToWrite('bakeryViewer')).body
    const plain = await agency.as.owner.post('/v1/api-keys', {
      name: 'reads',
      ceiling: { permissions: ['api.use', 'zones.view'] },
    })
    const narrow = product.withKey(plain.body.token)
    expect((await narrow.post(`/v1/access-requests/${id}/decision`, { decision: 'grant' })).status).toBe(404)
    const whole = await agency.keyOf('owner')
    const granted = await whole.post(`/v1/access-requests/${id}/decision`, { decision: 'grant' })
    expect([granted.status, granted.body.decided_by]).toEqual([200, 'Olga Owner'])
  })
})

type Mail = { to: string; text: string }

/** Mails of the outbox with this subject to people of the agency of this test; waits until there are so many. */
async function mailsAbout(subject: string, count: number, patience = 20_000): Promise<Mail[]> {
  const outbox = join(product.database.config.dataFolder, 'outbox')
  const mark = agency.org.slice(-6)
  for (const deadline = Date.now() + patience; ; await sleep(50)) {
    const mails = filesOf(outbox)
      .map((file) => readFileSync(join(outbox, file), 'utf8').replaceAll('=\r\n', '').replaceAll('=\n', ''))
      .filter((text) => text.includes(`Subject: ${subject}`) && text.includes(`-${mark}@people.example`))
      .map((text) => ({ text, to: /^To: <?([^>\r\n]+)/m.exec(text)?.[1] ?? '' }))
    if (mails.length >= count || Date.now() > deadline) return mails
  }
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => file.endsWith('.eml'))
  } catch {
    return []
  }
}
