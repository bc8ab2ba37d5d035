import { describe, expect } from 'vitest'
import { needs } from '../test/debian.ts'
import { chromiumFile, inspect } from './browser.ts'
import { openStage } from './stage.ts'

// Pages of the portals, and pages whose requests fail, looked at as those of the console are.

const stage = openStage()

const inBrowser = needs(chromiumFile)

describe('pages of a portal', () => {
  inBrowser(
    'what a Client Admin sees',
    async () => {
      const at = (path: string) => `/portal/bakery${path}`
      const bakery = at(stage.zone('bakery.example'))
      const found = await stage.visit('bakery-admin', {
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
    300_000,
  )

  inBrowser(
    'what a Client who only watches sees',
    async () => {
      const portal = `/portal/${stage.cast.personas['provider-client'].portal}`
      const found = await stage.visit('provider-client', {
        'watching-overview': [portal, 'Welcome, Paul Watch'],
        'watching-zone': [portal + stage.zone('studio.example'), 'studio.example'],
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
      const visitor = await stage.enter('agency-owner')
      const { page, open } = visitor
      const failing: [path: string, name: string, request: string][] = [
        ['/', 'failing-session', '**/v1/me'],
        ['/', 'failing-overview', '**/v1/dashboard'],
        ['/zones', 'failing-zones', '**/v1/zones*'],
        [stage.zone('bakery.example'), 'failing-zone', '**/records*'],
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

describe('hostings and proposals in a portal', () => {
  inBrowser(
    'are there in the words of clients, and what waits can be taken back',
    async () => {
      const owner = stage.cast.as['agency-owner']
      const zone_id = stage.cast.zones['bakery.example'] ?? ''
      const wish = { customer_id: stage.cast.customers['Bakery'], name: 'www.bakery.example', place: 'Frankfurt' }
      const hosting = (await owner.post('/v1/hostings', wish)).body
      const operations = [{ op: 'create', name: 'letters.bakery.example.', type: 'A', ttl: 300, data: '192.0.2.77' }]
      const offered = await stage.cast.as['bakery-admin'].post(`/v1/zones/${zone_id}/proposals`, { operations })
      const at = (path: string) => `/portal/bakery${path}`
      const found = await stage.visit('bakery-admin', {
        'portal-hostings': [at('/hostings'), 'Hosting'],
        'portal-hosting': [at(`/hostings/${hosting.id}`), 'www.bakery.example'],
        'portal-proposals': [at(`/changes?proposal=${offered.body.proposal.id}`), 'Proposals'],
        'portal-guest-links': [at(`/zones/${zone_id}/guests`), 'bakery.example'],
        'portal-permissions': [at('/permissions'), 'Permissions'],
      })
      expect(found).toEqual([])
    },
    180_000,
  )
})
