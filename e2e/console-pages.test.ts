import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { needs } from '../test/debian.ts'
import { type Cast, castOf, type Product, startProduct } from '../test/product.ts'
import { chromiumFile, inspect, newVisitor, openBrowser } from './browser.ts'
import { type Pages, visitPages } from './visit-pages.ts'

// Every page of the console with the content of the example organization, at both widths and in both themes: nothing that
// axe finds, no sideways scroll, no complaint of the content security policy. The pictures are in e2e/screenshots.

let product: Product
let cast: Cast
let browser: Browser

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const inBrowser = needs(chromiumFile)
const zone = (name: string) => `/zones/${cast.zones[name]}`
const visit = (as: keyof Cast['as'], pages: Pages) => visitPages(browser, product, cast.as[as].cookie, pages)

inBrowser(
  'the overview, and the places that it leads to',
  async () => {
    const found = await visit('agency-owner', {
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
    const bakery = zone('bakery.example')
    const found = await visit('agency-owner', {
      'console-zone-records': [bakery, 'bakery.example'],
      'console-zone-escapes': [zone('xn--bckerei-nord-gcb.example'), 'xn--bckerei-nord-gcb.example'],
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
    const customer = `/customers/${cast.customers['Bakery']}`
    const found = await visit('agency-owner', {
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
    const zoe = cast.personas['zone-user'].id
    const found = await visit('agency-owner', {
      'console-team': ['/settings/team', 'Team'],
      'console-team-clients': ['/settings/team/clients', 'Team'],
      'console-team-manage': [`/settings/team/clients?manage=${zoe}`, 'Team'],
      'console-team-invitations': ['/settings/team/invitations', 'Team'],
      'console-team-zone-access': [`/settings/team/zone-access/${zoe}`, 'Zone access of Zoe Fjell'],
      'console-providers': ['/settings/providers', 'Providers'],
      'console-provider': [`/settings/providers/${cast.providers['Pine DNS']}`, 'Pine DNS'],
      'console-organization': ['/settings/organization', 'Organization'],
    })
    expect(found).toEqual([])
  },
  120_000,
)

inBrowser(
  'the console of a Member',
  async () => {
    const found = await visit('agency-member', {
      'member-overview': ['/', 'Overview'],
      'member-access': ['/access', 'Access'],
      'member-zone-read-only': [zone('clinic.example'), 'clinic.example'],
    })
    expect(found).toEqual([])
  },
  120_000,
)

inBrowser(
  'the editor at work: a form, what waits, the review of the difference, a record that is wrong',
  async () => {
    const { page, open, complaints, leave } = await newVisitor(browser, product, cast.as['agency-owner'].cookie)
    await open(zone('bakery.example'))
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
    const { page, open, complaints, leave } = await newVisitor(browser, product, cast.as['agency-owner'].cookie)
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
    const visitor = await newVisitor(browser, product)
    await visitor.open('/docs/api')
    expect([...(await inspect(visitor.page, 'docs-api')), ...visitor.complaints]).toEqual([])
    await visitor.leave()
  },
  120_000,
)
