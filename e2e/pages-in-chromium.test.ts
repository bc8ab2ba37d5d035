import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { needs } from '../test/debian.ts'
import { type Cast, castOf, type Product, startProduct } from '../test/product.ts'
import { chromiumFile, inspect, newVisitor, openBrowser, type Visitor } from './browser.ts'

// Every page with the content of the example organization, at both widths and in both themes: nothing that axe finds,
// no sideways scroll, no complaint of the content security policy. The pictures are in e2e/screenshots.

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

type Persona = keyof Cast['as']
/** By the name of their pictures: the address, and what its heading says. */
type Pages = Record<string, [path: string, heading: string]>

const inBrowser = needs(chromiumFile)
const zone = (name: string) => `/zones/${cast.zones[name]}`

/** Visits pages as somebody and tells everything that is wrong with any of them. */
async function visit(as: Persona, pages: Pages): Promise<string[]> {
  const visitor = await newVisitor(browser, product, cast.as[as].cookie)
  const found: string[] = []
  for (const [name, place] of Object.entries(pages)) found.push(...(await lookAt(visitor, name, place)))
  await visitor.leave()
  return [...found, ...visitor.complaints]
}

async function lookAt({ page, open }: Visitor, name: string, [path, heading]: Pages[string]): Promise<string[]> {
  await open(path)
  const shown = await page.locator('h1').first().innerText()
  const alerts = await page.getByRole('alert').allInnerTexts()
  const wrong = shown === heading ? [] : [`${name} is headed "${shown}", not "${heading}"`]
  return [...wrong, ...alerts.map((alert) => `${name} says: ${alert}`), ...(await inspect(page, name))]
}

describe('pages of the console', () => {
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
        'console-team-teams': ['/settings/team/teams', 'Team'],
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
    'the reference of the API',
    async () => {
      const visitor = await newVisitor(browser, product)
      await visitor.open('/docs/api')
      expect([...(await inspect(visitor.page, 'docs-api')), ...visitor.complaints]).toEqual([])
      await visitor.leave()
    },
    120_000,
  )
})

describe('pages of a portal', () => {
  inBrowser(
    'what a Client Admin sees',
    async () => {
      const at = (path: string) => `/portal/bakery${path}`
      const bakery = at(zone('bakery.example'))
      const found = await visit('bakery-admin', {
        'portal-overview': [at(''), 'Welcome, Bea Baker'],
        'portal-zones': [at('/zones'), 'DNS'],
        'portal-zone-records': [bakery, 'bakery.example'],
        'portal-zone-changes': [`${bakery}/changes`, 'bakery.example'],
        'portal-zone-about': [`${bakery}/settings`, 'bakery.example'],
        'portal-people': [at('/people'), 'People'],
        'portal-keys': [at('/keys'), 'API keys'],
        'portal-activity': [at('/activity'), 'Activity'],
        'portal-help': [at('/help'), 'Help'],
        'portal-profile': [at('/profile'), 'Your profile'],
      })
      expect(found).toEqual([])
    },
    120_000,
  )

  inBrowser(
    'what a Client who only watches sees',
    async () => {
      const portal = `/portal/${cast.personas['provider-client'].portal}`
      const found = await visit('provider-client', {
        'watching-overview': [portal, 'Welcome, Paul Watch'],
        'watching-zone': [portal + zone('studio.example'), 'studio.example'],
      })
      expect(found).toEqual([])
    },
    120_000,
  )
})

describe('pages whose requests fail', () => {
  inBrowser(
    'say so, and offer to try again',
    async () => {
      const visitor = await newVisitor(browser, product, cast.as['agency-owner'].cookie)
      const { page, open } = visitor
      const failing: [path: string, name: string, request: string][] = [
        ['/', 'failing-session', '**/v1/me'],
        ['/', 'failing-overview', '**/v1/dashboard'],
        ['/zones', 'failing-zones', '**/v1/zones*'],
        [zone('bakery.example'), 'failing-zone', '**/records*'],
        ['/settings/team', 'failing-team', '**/v1/members*'],
      ]
      const found: string[] = []
      for (const [path, name, request] of failing) {
        await page.route(request, (route) => route.abort())
        await page.goto(path)
        await page.getByRole('alert').filter({ hasText: 'The server cannot be reached' }).waitFor()
        found.push(...(await inspect(page, name)))
        await page.unroute(request)
        await page.getByRole('button', { name: 'Try again' }).click()
        await page.getByRole('alert').waitFor({ state: 'detached' })
      }
      await page.route('**/v1/audit-events*', (route) => route.fulfill({ status: 500, body: 'oh' }))
      await open('/activity')
      await page.getByText('The server answered 500').waitFor()
      found.push(...(await inspect(page, 'failing-activity')))
      await visitor.leave()
      expect([...found, ...visitor.complaints]).toEqual([])
    },
    120_000,
  )
})
