import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { needs } from '../test/debian.ts'
import { type Product, startProduct } from '../test/product.ts'
import { exampleZone, password } from './agency.ts'
import { chromiumFile, inspect, newVisitor, openBrowser, settled, type Visitor } from './browser.ts'
import { dig, digUntil } from './dig.ts'
import { acceptInvitation, addRecord, inviteClient, zonesShown } from './steps.ts'

// The main story as people live it, in Chromium: an agency starts with nothing, and ends with clients who see their
// own zones in portals of their own. The tests build on each other in the order they stand.

let product: Product
let browser: Browser
let owner: Visitor
const clients: Record<string, Visitor> = {}
const links: Record<string, string> = {}

const inBrowser = needs(chromiumFile, '/usr/bin/dig')
const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
const example = (name: string) => file(`${name}.zone`, exampleZone(name))

beforeAll(async () => {
  product = await startProduct()
  browser = await openBrowser()
  owner = await newVisitor(browser, product)
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

describe('the owner makes an agency', () => {
  inBrowser('the one-time link makes the first administrator and the organization', async () => {
    const { page, open } = owner
    await open('/')
    await page.getByRole('heading', { level: 1, name: 'Nobody is here yet' }).waitFor()
    const found = await inspect(page, 'door-nobody-yet')
    await open(product.server.setupLink ?? '')
    found.push(...(await inspect(page, 'door-setup')))
    await page.getByLabel('Your name').fill('Olive Owner')
    await page.getByLabel('E-mail address').fill('olive@agency.example')
    await page.getByLabel('Password').fill('too short')
    await page.getByLabel('Organization', { exact: true }).fill('Harbour & Pine')
    await page.getByRole('button', { name: 'Create the organization' }).click()
    await page.getByText('A password has at least 15 characters').waitFor()
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Create the organization' }).click()
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await open(product.server.setupLink ?? '')
    await page.getByText('This instance has its administrator already').waitFor()
    expect(found).toEqual([])
  })

  inBrowser(
    'pages without content say what to do first',
    async () => {
      const { page, open } = owner
      const found: string[] = []
      const empty: [string, string, string][] = [
        ['/', 'empty-overview', 'Next steps'],
        ['/zones', 'empty-zones', 'Bring the zone files you have'],
        ['/customers', 'empty-customers', 'Make the first with “New customer”'],
        ['/settings/providers', 'empty-providers', 'Add the first with “New provider”'],
        ['/settings/team/clients', 'empty-clients', 'Invite a client'],
        ['/settings/teams', 'empty-teams', 'Team features are off'],
        ['/settings/team/invitations', 'empty-invitations', 'Nobody was invited yet'],
        ['/developer/keys', 'empty-keys', 'Make one for each script or device'],
      ]
      for (const [path, name, text] of empty) {
        await open(path)
        expect(await page.locator('main').innerText()).toContain(text)
        found.push(...(await inspect(page, name)))
      }
      expect(found).toEqual([])
    },
    60_000,
  )

  inBrowser('providers are added, as many as wanted', async () => {
    const { page, open } = owner
    await open('/settings/providers')
    for (const name of ['Main name servers', 'Older customers']) {
      await page.getByRole('button', { name: 'New provider' }).click()
      await page.getByLabel('Name').fill(name)
      await page.getByRole('button', { name: 'Add the provider' }).click()
      await page.getByRole('link', { name }).waitFor()
    }
  })

  inBrowser('zone files are checked before anything is written, and a broken one is written not at all', async () => {
    const { page, open } = owner
    await open('/zones/import')
    const broken =
      '$ORIGIN broken.example.\n$TTL 3600\n@ IN SOA ns1 host 1 2 3 4 5\n@ IN NS ns1\nns1 IN A 192.0.2.999\nwww IN MX\n'
    await page
      .locator('input[type=file]')
      .setInputFiles([
        example('bakery.example'),
        example('clinic.example'),
        example('studio.example'),
        file('broken.zone', broken),
      ])
    const files = page.getByRole('list', { name: 'Zone files' })
    const bad = files.getByRole('listitem').filter({ hasText: 'broken.zone' })
    await bad.getByText('2 errors').waitFor()
    expect(await bad.innerText()).toMatch(/line 5\s+.*192\.0\.2\.999/)
    expect(await bad.innerText()).toMatch(/line 6/)
    await page.getByText('54 records').waitFor()
    await page.getByText('47 records').waitFor()
    await page.getByText('19 records').waitFor()
    const found = await inspect(page, 'console-import-checked')
    expect(await zoneNames()).toEqual([])
    await page.getByLabel('Provider').selectOption({ label: 'Main name servers' })
    await page.getByRole('button', { name: 'Import 3 zones' }).click()
    await page.getByText('3 zones imported').waitFor()
    expect(await zoneNames()).toEqual(['bakery.example', 'clinic.example', 'studio.example'])
    expect(await digUntil(product.dnsPort, 'mill-lane.bakery.example', 'A', ['192.0.2.43'])).toEqual(['192.0.2.43'])
    expect(await dig(product.dnsPort, 'ns1.broken.example', 'A')).toEqual([])
    await page.getByRole('link', { name: 'Go to the zones' }).click()
    await expect.poll(() => zonesShown(page)).toEqual(['bakery.example', 'clinic.example', 'studio.example'])
    expect(found).toEqual([])
  })

  inBrowser('a file into a zone that stands shows its difference first', async () => {
    const { page } = owner
    await page.getByRole('link', { name: 'studio.example' }).click()
    await page.getByRole('link', { name: 'Settings' }).last().click()
    await page.getByRole('button', { name: 'Import a zone file' }).click()
    const dialog = page.getByRole('dialog')
    await dialog
      .getByLabel('Or paste it')
      .fill('studio.example. 300 IN A 203.0.113.99\nshow.studio.example. 300 IN A 203.0.113.98\n')
    await dialog.getByLabel('Leave them').check()
    await dialog.getByRole('button', { name: 'Show the difference' }).click()
    await dialog.getByText('show.studio.example').last().waitFor()
    const found = await inspect(page, 'console-import-difference')
    expect(await dig(product.dnsPort, 'show.studio.example', 'A')).toEqual([])
    await dialog.getByRole('button', { name: 'Import as one change' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await digUntil(product.dnsPort, 'show.studio.example', 'A', ['203.0.113.98'])).toEqual(['203.0.113.98'])
    expect(found).toEqual([])
  })

  inBrowser('customers are made, and zones assigned to them and moved to another provider', async () => {
    const { page, open } = owner
    await open('/customers')
    for (const [name, portal] of [
      ['Mill Lane Bakery', 'bakery'],
      ['Hillside Clinic', 'clinic'],
    ] as const) {
      await page.getByRole('button', { name: 'New customer' }).click()
      await page.getByLabel('Name').fill(name)
      await page.getByLabel('Portal address').fill(portal)
      await page.getByRole('button', { name: 'Create the customer' }).click()
      await page.getByRole('heading', { level: 1, name }).waitFor()
      await page.getByRole('link', { name: 'Customers' }).last().click()
    }
    await assign(page, 'bakery.example', { Customer: 'Mill Lane Bakery' })
    await assign(page, 'clinic.example', { Customer: 'Hillside Clinic' })
    await assign(page, 'studio.example', { Provider: 'Older customers' })
  })
})

async function assign(page: Page, zone: string, places: Record<string, string>) {
  await owner.open('/zones')
  await page.getByRole('link', { name: zone }).click()
  await page.getByRole('navigation', { name: 'Zone' }).getByRole('link', { name: 'Settings' }).click()
  for (const [label, place] of Object.entries(places))
    await page.getByLabel(label, { exact: true }).selectOption({ label: place })
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText(`${zone} was assigned`).first().waitFor()
}

async function zoneNames(): Promise<string[]> {
  const { cookies } = await owner.page.context().storageState()
  const caller = product.withCookie(cookies.map(({ name, value }) => `${name}=${value}`).join('; '))
  return (await caller.get('/v1/zones')).body.items.map((zone: { name: string }) => zone.name).sort()
}

describe('clients are invited', () => {
  inBrowser(
    '[S0-14] the inviter picks the providers of a Client, and sees the exact access before it is sent',
    async () => {
      const { page, open } = owner
      await open('/settings/team')
      const { link, told } = await inviteClient(page, {
        email: 'pat@watching.example',
        role: 'monitoring.client',
        providers: ['Older customers'],
      })
      expect(told).toContain('Client on Older customers')
      links['provider'] = link
    },
  )

  inBrowser('people of a customer, and a User with a level on each of two zones', async () => {
    const { page } = owner
    const atBakery = (email: string, role: string) => inviteClient(page, { email, role, home: 'Mill Lane Bakery' })
    links['admin'] = (await atBakery('anna@bakery.example', 'msp.client_admin')).link
    links['developer'] = (await atBakery('dana@bakery.example', 'msp.developer')).link
    links['viewer'] = (await atBakery('vic@bakery.example', 'msp.viewer')).link
    const user = await inviteClient(page, {
      email: 'uma@partner.example',
      role: 'zones.user',
      zones: { 'clinic.example': 'Read only', 'studio.example': 'Read & write' },
    })
    expect(user.told).toContain('Read only on the zone clinic.example')
    expect(user.told).toContain('Read & write on the zone studio.example')
    links['user'] = user.link
    await page.getByRole('link', { name: 'Invitations' }).click()
    await page.getByRole('region', { name: 'Invitations' }).getByText('Pending').last().waitFor()
    expect(await page.getByText('Pending', { exact: true }).count()).toBeGreaterThanOrEqual(5)
  })

  inBrowser(
    '[S1-2] each accepts by the link and sees exactly its zones',
    async () => {
      const people = {
        provider: { name: 'Pat Provider', sees: ['studio.example'] },
        admin: { name: 'Anna Admin', sees: ['bakery.example'] },
        developer: { name: 'Dana Developer', sees: ['bakery.example'] },
        viewer: { name: 'Vic Viewer', sees: ['bakery.example'] },
        user: { name: 'Uma User', sees: ['clinic.example', 'studio.example'] },
      }
      const foreign = await idOf('clinic.example')
      const found: string[] = []
      for (const [key, { name, sees }] of Object.entries(people)) {
        const visitor = await newVisitor(browser, product)
        clients[key] = visitor
        if (key === 'developer') {
          await visitor.open(links[key] ?? '')
          found.push(...(await inspect(visitor.page, 'door-invitation')))
        }
        await acceptInvitation(visitor, links[key] ?? '', name)
        await visitor.page.getByRole('link', { name: 'DNS' }).first().click()
        await expect.poll(() => zonesShown(visitor.page), { message: key }).toEqual(sees)
        if (key === 'user') continue
        const portal = new URL(visitor.page.url()).pathname.replace(/\/zones.*/, '')
        await visitor.open(`${portal}/zones/${foreign}`)
        expect(await visitor.page.locator('main').innerText()).toContain('There is nothing here that you can see')
      }
      expect(found).toEqual([])
    },
    90_000,
  )

  inBrowser('[S3-3] a new User sees no zone until one is given', async () => {
    await owner.open('/settings/team')
    const { link } = await inviteClient(owner.page, { email: 'nora@partner.example', role: 'zones.user' })
    const visitor = await newVisitor(browser, product)
    await acceptInvitation(visitor, link, 'Nora Newcomer')
    await visitor.page.getByRole('link', { name: 'DNS' }).first().click()
    await visitor.page.getByText('When your provider assigns a zone to you, it appears here.').waitFor()
    expect(await inspect(visitor.page, 'empty-portal-zones')).toEqual([])
    await visitor.leave()
  })

  inBrowser('[S1-18] a link that was used says so', async () => {
    const visitor = await newVisitor(browser, product)
    await visitor.open(links['viewer'] ?? '')
    await visitor.page.getByText('This invitation was accepted already').waitFor()
    await visitor.leave()
  })
})

async function idOf(zone: string): Promise<string> {
  await owner.open('/zones')
  const address = await owner.page.getByRole('link', { name: zone }).getAttribute('href')
  return address?.split('/').at(-1) ?? ''
}

async function openZone(visitor: Visitor, zone: string): Promise<Page> {
  const { page } = visitor
  await page.getByRole('link', { name: 'DNS' }).first().click()
  await page.getByRole('link', { name: zone }).click()
  await page.getByRole('heading', { level: 1, name: zone }).waitFor()
  await settled(page)
  return page
}

describe('clients edit where they may', () => {
  inBrowser('a Developer adds a record, reviews the difference, applies it, and dig shows it', async () => {
    const page = await openZone(clients['developer'] as Visitor, 'bakery.example')
    await addRecord(page, { name: 'oven', type: 'A', field: 'Address', data: '192.0.2.77' })
    expect(await digUntil(product.dnsPort, 'oven.bakery.example', 'A', ['192.0.2.77'])).toEqual(['192.0.2.77'])
  })

  inBrowser('a User edits the zone that it may write', async () => {
    const page = await openZone(clients['user'] as Visitor, 'studio.example')
    await addRecord(page, { name: 'darkroom', type: 'A', field: 'Address', data: '203.0.113.7' })
    expect(await digUntil(product.dnsPort, 'darkroom.studio.example', 'A', ['203.0.113.7'])).toEqual(['203.0.113.7'])
  })

  inBrowser('[S3-9] where one may only read, the button says why and who can give it', async () => {
    for (const [key, zone] of [
      ['user', 'clinic.example'],
      ['viewer', 'bakery.example'],
      ['provider', 'studio.example'],
    ] as const) {
      const page = await openZone(clients[key] as Visitor, zone)
      const add = page.getByRole('button', { name: 'Add record' })
      await add.and(page.locator('[aria-disabled=true]')).waitFor()
      const reason = page.locator(`[id="${await add.getAttribute('aria-describedby')}"]`)
      await reason.filter({ hasText: 'can give you this' }).waitFor({ state: 'attached' })
      expect(await reason.textContent()).toMatch(/your provider|Harbour & Pine/i)
      await add.click({ force: true })
      expect(await page.getByRole('button', { name: 'Stage', exact: true }).count()).toBe(0)
    }
  })

  inBrowser('no page complained of a script or of the content security policy', () => {
    expect([owner, ...Object.values(clients)].flatMap(({ complaints }) => complaints)).toEqual([])
  })
})
