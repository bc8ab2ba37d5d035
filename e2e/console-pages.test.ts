import { beforeAll, describe, expect } from 'vitest'
import { needs } from '../test/debian.ts'
import { chromiumFile, inspect } from './browser.ts'
import { openStage } from './stage.ts'

// Every page of the console with the content of the example organization, at both widths and in both themes: nothing that
// axe finds, no sideways scroll, no complaint of the content security policy. The pictures are in e2e/screenshots.

const stage = openStage()

const inBrowser = needs(chromiumFile)

inBrowser(
  'the overview, and the places that it leads to',
  async () => {
    const found = await stage.visit('agency-owner', {
      'console-overview': ['/', 'Overview'],
      'console-zones': ['/zones', 'Zones'],
      'console-zone-import': ['/zones/import', 'Import zone files'],
      'console-customers': ['/customers', 'Customers'],
      'console-access': ['/access', 'Access'],
      'console-activity': ['/activity', 'Activity'],
      'console-keys': ['/developer/keys', 'API keys'],
      'console-profile': ['/profile', 'Your profile'],
      'console-lost': ['/there/is/no/such/page', 'There is no such page'],
    })
    expect(found).toEqual([])
  },
  120_000,
)

inBrowser(
  'everything of a zone',
  async () => {
    const bakery = stage.zone('bakery.example')
    const found = await stage.visit('agency-owner', {
      'console-zone-records': [bakery, 'bakery.example'],
      'console-zone-escapes': [stage.zone('xn--bckerei-nord-gcb.example'), 'xn--bckerei-nord-gcb.example'],
      'console-zone-changes': [`${bakery}/changes`, 'bakery.example'],
      'console-zone-access': [`${bakery}/access`, 'bakery.example'],
      'console-zone-settings': [`${bakery}/settings`, 'bakery.example'],
    })
    expect(found).toEqual([])
  },
  120_000,
)

inBrowser(
  'everything of a customer',
  async () => {
    const customer = `/customers/${stage.cast.customers['Bakery']}`
    const found = await stage.visit('agency-owner', {
      'console-customer': [customer, 'Bakery'],
      'console-customer-zones': [`${customer}/zones`, 'Bakery'],
      'console-customer-people': [`${customer}/people`, 'Bakery'],
      'console-customer-activity': [`${customer}/activity`, 'Bakery'],
    })
    expect(found).toEqual([])
  },
  120_000,
)

inBrowser(
  'the settings',
  async () => {
    const zoe = stage.cast.personas['zone-user'].id
    const found = await stage.visit('agency-owner', {
      'console-team': ['/settings/team', 'Team'],
      'console-team-clients': ['/settings/team/clients', 'Team'],
      'console-team-manage': [`/settings/team/clients?manage=${zoe}`, 'Team'],
      'console-team-invitations': ['/settings/team/invitations', 'Team'],
      'console-team-zone-access': [`/settings/team/zone-access/${zoe}`, 'Zone access of Zoe Fjell'],
      'console-providers': ['/settings/providers', 'Providers'],
      'console-provider': [`/settings/providers/${stage.cast.providers['Pine DNS']}`, 'Pine DNS'],
      'console-organization': ['/settings/organization', 'Organization'],
    })
    expect(found).toEqual([])
  },
  120_000,
)

inBrowser(
  'the console of a Member',
  async () => {
    const found = await stage.visit('agency-member', {
      'member-overview': ['/', 'Overview'],
      'member-access': ['/access', 'Access'],
      'member-zone-read-only': [stage.zone('clinic.example'), 'clinic.example'],
    })
    expect(found).toEqual([])
  },
  120_000,
)

inBrowser(
  'the editor at work: a form, what waits, the review of the difference, a record that is wrong',
  async () => {
    const { page, open, complaints, leave } = await stage.enter('agency-owner')
    await open(stage.zone('bakery.example'))
    await page.getByRole('button', { name: 'Add record' }).click()
    await page.getByLabel('Name', { exact: true }).fill('news')
    await page.getByLabel('Type', { exact: true }).selectOption('CNAME')
    await page.getByLabel('Target').fill('bakery.example.')
    const found = await inspect(page, 'editor-form-wrong')
    await page.getByLabel('Name', { exact: true }).fill('letters')
    await page.getByRole('button', { name: 'Stage', exact: true }).click()
    await page.getByRole('region', { name: 'Staged changes' }).waitFor()
    found.push(...(await inspect(page, 'editor-staged')))
    await page.getByRole('button', { name: 'Review changes' }).click()
    await page.getByRole('dialog').getByText('unchanged').waitFor()
    found.push(...(await inspect(page, 'editor-review')))
    await leave()
    expect([...found, ...complaints]).toEqual([])
  },
  120_000,
)

inBrowser(
  'what opens over a page: an invitation, the palette, the menu of a phone',
  async () => {
    const { page, open, complaints, leave } = await stage.enter('agency-owner')
    await open('/settings/team')
    await page.getByRole('button', { name: 'Invite user' }).click()
    await page.getByRole('dialog').getByLabel('Role', { exact: true }).selectOption('msp.member')
    const found = await inspect(page, 'console-invite')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Go to or do' }).click()
    await page.getByRole('option', { name: 'clinic.example' }).waitFor()
    found.push(...(await inspect(page, 'console-palette')))
    await page.keyboard.press('Escape')
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('navigation', { name: 'Places' }).waitFor()
    found.push(...(await inspect(page, 'console-menu')))
    await leave()
    expect([...found, ...complaints]).toEqual([])
  },
  120_000,
)

inBrowser(
  'the reference of the API',
  async () => {
    const visitor = await stage.enter()
    await visitor.open('/docs/api')
    expect([...(await inspect(visitor.page, 'docs-api')), ...visitor.complaints]).toEqual([])
    await visitor.leave()
  },
  120_000,
)

describe('people, roles, places and what waits', () => {
  type Made = Record<'role' | 'hosting' | 'account' | 'key' | 'guest' | 'proposal', string>
  const owner = () => stage.cast.as['agency-owner']
  let made: Made

  /** One of each, made over HTTP by the owner, with team features on. */
  beforeAll(async () => {
    const body = async (path: string, wish: unknown) => (await owner().post(path, wish)).body
    const customer_id = stage.cast.customers['Bakery'] ?? ''
    const zone_id = stage.cast.zones['bakery.example'] ?? ''
    await owner().patch('/v1/me', { team_features: true })
    const team = await body('/v1/teams', { name: 'Web agency North', realm: 'staff' })
    await owner().put(`/v1/teams/${team.id}/members/${stage.cast.personas['agency-owner'].id}`)
    const hosting = await body('/v1/hostings', { customer_id, name: 'www.bakery.example', place: 'Frankfurt' })
    await body('/v1/grants', {
      subject_id: team.id,
      role_id: 'hosting.web',
      scope: { kind: 'hosting', id: hosting.id },
    })
    const role = await body('/v1/roles', { based_on: 'msp.viewer', name: 'Bookkeeper' })
    const account = await body('/v1/service-accounts', { name: 'Certificate robot', description: 'Renews' })
    const key = await body(`/v1/service-accounts/${account.id}/keys`, { name: 'web1' })
    const ends_at = new Date(Date.now() + 20 * 86_400_000).toISOString()
    const link = { zone_id, patterns: [{ names: ['**.bakery.example'] }], may_propose: true, ends_at, note: 'Agency' }
    const guest = await body('/v1/guest-links', link)
    const operations = [{ op: 'create', name: 'letters.bakery.example.', type: 'A', ttl: 300, data: '192.0.2.77' }]
    const offered = await stage.cast.as['bakery-developer'].post(`/v1/zones/${zone_id}/proposals`, { operations })
    made = {
      role: role.id,
      hosting: hosting.id,
      account: account.id,
      key: key.id,
      guest: guest.token,
      proposal: offered.body.proposal.id,
    }
  })

  inBrowser(
    'their pages',
    async () => {
      const customer = `/customers/${stage.cast.customers['Bakery']}`
      const found = await stage.visit('agency-owner', {
        'console-teams': ['/settings/teams', 'Teams'],
        'console-permissions': ['/permissions', 'Your permissions'],
        'console-permissions-card': [customer, 'Bakery'],
        'console-hostings': [`${customer}/hostings`, 'Bakery'],
        'console-limits': [`${customer}/limits`, 'Bakery'],
        'console-hosting': [`/hostings/${made.hosting}`, 'www.bakery.example'],
        'console-roles': ['/access/roles', 'Roles'],
        'console-role-own': [`/access/roles/${made.role}`, 'Bookkeeper'],
        'console-role-built-in': ['/access/roles/msp.viewer', 'Viewer'],
        'console-service-accounts': ['/developer/service-accounts', 'Service accounts'],
        'console-service-account': [`/developer/service-accounts/${made.account}`, 'Certificate robot'],
        'console-key': [`/developer/keys/${made.key}`, 'The key web1'],
        'console-guest-links': [`${stage.zone('bakery.example')}/guests`, 'bakery.example'],
        'console-changes': [`/changes?proposal=${made.proposal}`, 'Changes'],
        'console-operator': ['/operator', 'Operator'],
        'console-activity-of-one': [`/activity?actor_id=${stage.cast.personas['bakery-developer'].id}`, 'Activity'],
      })
      expect(found).toEqual([])
    },
    400_000,
  )

  inBrowser(
    '[X-5] who gains what by a permission is shown before it is given',
    async () => {
      const { page, open, complaints, leave } = await stage.enter('agency-owner')
      await open(`/hostings/${made.hosting}`)
      await page.getByRole('button', { name: 'Add permission' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Who', { exact: true }).fill('Mara')
      await page.getByRole('option', { name: /Mara Quay/ }).click()
      await dialog.getByLabel('Role', { exact: true }).selectOption('hosting.mail')
      await dialog.getByText('1 person gains access.').waitFor()
      const found = await inspect(page, 'console-add-permission')
      await dialog.getByRole('button', { name: 'Add permission' }).click()
      await page.getByRole('region', { name: 'Permissions on www.bakery.example' }).getByText('Mail').waitFor()
      await leave()
      expect([...found, ...complaints]).toEqual([])
    },
    120_000,
  )

  inBrowser(
    '[X-8] an own role shows what it may do more and less than its original, while it is edited',
    async () => {
      const { page, open, complaints, leave } = await stage.enter('agency-owner')
      await open(`/access/roles/${made.role}`)
      await page.getByLabel("See a customer's bills").check()
      await page.getByLabel('See websites').uncheck()
      const difference = page.getByRole('region', { name: 'Difference to Viewer' })
      await difference.getByText('added: See a customer').waitFor()
      await difference.getByText('removed: See websites').waitFor()
      const found = await inspect(page, 'console-role-edit')
      await page.getByRole('button', { name: 'Save role' }).click()
      await page.getByText('with 1 added and 1 removed').waitFor()
      await leave()
      expect([...found, ...complaints]).toEqual([])
    },
    120_000,
  )

  inBrowser(
    '[X-9] a tab that looks as a client says so on every page and changes nothing',
    async () => {
      const { page, open, complaints, leave } = await stage.enter('agency-owner')
      await open('/settings/team/clients')
      await page.getByRole('button', { name: 'Actions for Bea Baker' }).click()
      await page.getByRole('menuitem', { name: 'View as…' }).click()
      await page.getByLabel('Why').fill('She cannot find a record')
      const [tab] = await Promise.all([
        page.context().waitForEvent('page'),
        page.getByRole('button', { name: 'View as Bea Baker' }).click(),
      ])
      await tab.getByRole('heading', { name: 'Welcome, Bea Baker' }).waitFor()
      const found = await inspect(tab, 'view-as-portal')
      await tab.goto(`/portal/bakery${stage.zone('bakery.example')}`)
      const bar = tab.getByRole('region', { name: 'Looking as somebody else' })
      await bar.getByText('Olive Harbour looks as Bea Baker').waitFor()
      expect(await tab.getByRole('button', { name: 'Add record' }).getAttribute('aria-disabled')).toBe('true')
      found.push(...(await inspect(tab, 'view-as-zone')))
      await bar.getByRole('button', { name: 'End' }).click()
      if (!tab.isClosed()) await tab.waitForEvent('close')
      await open('/activity')
      await page.getByText('began to look as Bea Baker').first().waitFor()
      await leave()
      expect([...found, ...complaints]).toEqual([])
    },
    180_000,
  )

  inBrowser(
    'a guest link opens chosen records without an account, and takes a proposal',
    async () => {
      const { page, open, complaints, leave } = await stage.enter()
      await open(`/guest#${made.guest}`)
      await page.getByRole('button', { name: 'Actions for blog A', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Propose a change' }).click()
      await page
        .getByLabel(/address/i)
        .first()
        .fill('192.0.2.201')
      await page.getByRole('button', { name: 'Stage', exact: true }).click()
      await page.getByRole('region', { name: 'Your proposal' }).getByText('unchanged').waitFor()
      const found = await inspect(page, 'guest')
      await page.getByRole('button', { name: 'Send the proposal' }).click()
      await page.getByText('Sent to Harbour & Pine').waitFor()
      await leave()
      const over = await stage.enter()
      await over.open('/guest#zw_guest_nothing')
      await over.page.getByText('This link opens nothing').waitFor()
      found.push(...(await inspect(over.page, 'guest-over')))
      await over.leave()
      expect([...found, ...complaints]).toEqual([])
    },
    120_000,
  )

  inBrowser(
    '[S2-2, S2-3] teams are nowhere until somebody switches them on, then there is a switcher and Permissions',
    async () => {
      const { page, open, complaints, leave } = await stage.enter('agency-admin')
      await open('/')
      expect(await page.getByRole('link', { name: 'Teams' }).count()).toBe(0)
      expect(await page.getByRole('button', { name: /^Team:/ }).count()).toBe(0)
      await open(`/hostings/${made.hosting}`)
      expect(await page.getByRole('button', { name: 'Add permission' }).count()).toBe(0)
      await page.getByText('switch team features on in').waitFor()
      await open('/profile')
      await page.getByRole('button', { name: 'Switch team features on' }).click()
      await page.getByRole('button', { name: /^Team:/ }).click()
      await page.getByRole('menuitem', { name: 'Permissions' }).click()
      await page.getByRole('heading', { name: 'Your permissions' }).waitFor()
      expect(await page.getByRole('link', { name: 'Teams' }).count()).toBe(1)
      await leave()
      expect(complaints).toEqual([])
    },
    120_000,
  )
})
