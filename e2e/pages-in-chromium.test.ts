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

type Someone = keyof Cast['as'] | null

const inBrowser = needs(chromiumFile)

/** Visits pages as somebody and tells everything that is wrong with any of them. */
async function visit(as: Someone, pages: Record<string, string>): Promise<string[]> {
  return lookingAs(as, async (visitor) => {
    const found: string[] = []
    for (const [name, path] of Object.entries(pages)) {
      await visitor.open(path)
      found.push(...(await inspect(visitor.page, name)))
    }
    return found
  })
}

async function lookingAs(as: Someone, look: (visitor: Visitor) => Promise<string[]>): Promise<string[]> {
  const visitor = await newVisitor(browser, product, as === null ? null : cast.as[as].cookie)
  try {
    return [...(await look(visitor)), ...visitor.complaints]
  } finally {
    await visitor.leave()
  }
}

const zone = (name: string) => `/zones/${cast.zones[name]}`

describe('pages of the console', () => {
  inBrowser(
    'the overview, and the places that it leads to',
    async () => {
      const found = await visit('agency-owner', {
        'console-overview': '/',
        'console-zones': '/zones',
        'console-zone-import': '/zones/import',
        'console-customers': '/customers',
        'console-access': '/access',
        'console-activity': '/activity',
        'console-keys': '/developer/keys',
        'console-profile': '/profile',
        'console-lost': '/there/is/no/such/page',
      })
      expect(found).toEqual([])
    },
    90_000,
  )

  inBrowser(
    'everything of a zone',
    async () => {
      const found = await visit('agency-owner', {
        'console-zone-records': zone('bakery.example'),
        'console-zone-records-escapes': zone('xn--bckerei-nord-gcb.example'),
        'console-zone-changes': `${zone('bakery.example')}/changes`,
        'console-zone-access': `${zone('bakery.example')}/access`,
        'console-zone-settings': `${zone('bakery.example')}/settings`,
      })
      expect(found).toEqual([])
    },
    90_000,
  )

  inBrowser(
    'everything of a customer',
    async () => {
      const customer = `/customers/${cast.customers['Bakery']}`
      const found = await visit('agency-owner', {
        'console-customer': customer,
        'console-customer-zones': `${customer}/zones`,
        'console-customer-people': `${customer}/people`,
        'console-customer-activity': `${customer}/activity`,
      })
      expect(found).toEqual([])
    },
    90_000,
  )

  inBrowser(
    'the settings',
    async () => {
      const { items } = (await cast.as['agency-owner'].get('/v1/client-users')).body
      const zoe = items.find((user: { name: string }) => user.name === 'Zoe Fjell')
      const found = await visit('agency-owner', {
        'console-team': '/settings/team',
        'console-team-clients': '/settings/team/clients',
        'console-team-manage': `/settings/team/clients?manage=${zoe.id}`,
        'console-team-teams': '/settings/team/teams',
        'console-team-invitations': '/settings/team/invitations',
        'console-team-zone-access': `/settings/team/zone-access/${zoe.id}`,
        'console-providers': '/settings/providers',
        'console-provider': `/settings/providers/${cast.providers['Pine DNS']}`,
        'console-organization': '/settings/organization',
      })
      expect(found).toEqual([])
    },
    90_000,
  )
})
