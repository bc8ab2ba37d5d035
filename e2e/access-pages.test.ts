import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { needs } from '../test/debian.ts'
import { chromiumFile, inspect, settled } from './browser.ts'
import { openStage } from './stage.ts'

// Access in the console and the portals: who has what, why, what a change would do, asking, reviewing, assertions; each
// page and each thing that opens over one looked at as the other pages are.

const stage = openStage()

const inBrowser = needs(chromiumFile)

/** The name of what has the focus. */
function inFocus(page: Page) {
  return page.evaluate("document.activeElement?.getAttribute('aria-label')")
}

/** Waits until the preview beside a form is about what stands in the form. */
async function previewed(page: Page, words: string | RegExp) {
  await page.getByRole('region', { name: 'What this changes' }).getByText(words).first().waitFor()
}

inBrowser(
  'access of every scope, empty pages, and what is not yet',
  async () => {
    const customer = `/customers/${stage.cast.customers['Bakery']}`
    const found = await stage.visit('agency-owner', {
      'access-things': ['/access', 'Access'],
      'access-holders': ['/access?view=holders', 'Access'],
      'access-try': ['/access/try', 'Try it'],
      'access-customer': [`${customer}/access`, 'Bakery'],
      'access-zone-things': [`${stage.zone('bakery.example')}/access?view=things`, 'bakery.example'],
      'access-requests-empty': ['/access/requests', 'Requests'],
      'access-reviews-empty': ['/access/reviews', 'Access reviews'],
      'access-assertions-empty': ['/access/assertions', 'Assertions'],
    })
    expect(found).toEqual([])
  },
  180_000,
)

inBrowser(
  'people × things: arrow keys go from cell to cell, Enter opens the why, Escape gives the focus back',
  async () => {
    const { page, open, complaints, leave } = await stage.enter('agency-owner')
    await open('/access')
    const grid = page.getByRole('grid', { name: 'People and things' })
    expect(await grid.getAttribute('aria-rowcount')).toBe('10')
    const first = page.locator('[data-cell="0.0"]')
    await first.focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
    const named = 'Mara Quay may read and write Bakery'
    expect(await inFocus(page)).toBe(named)
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('dialog', { name: 'Mara Quay on Bakery' })
    await drawer.getByText('DNS, read and write on the customer Bakery.').waitFor()
    const found = await inspect(page, 'access-cell')
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    expect(await inFocus(page)).toBe(named)
    await page.getByRole('button', { name: /^Piet Pine may .* Bakery/ }).click()
    await page.getByText('Changed where it was given').waitFor()
    await leave()
    expect([...found, ...complaints]).toEqual([])
  },
  120_000,
)

inBrowser(
  'who gains and who loses what is seen before access is given, changed or taken away [X-5]',
  async () => {
    const { page, open, complaints, leave } = await stage.enter('agency-owner')
    await open(`${stage.zone('bakery.example')}/access`)
    await page.getByRole('button', { name: 'Give access' }).click()
    const dialog = page.getByRole('dialog', { name: 'Give access to bakery.example' })
    await dialog.getByLabel('Who', { exact: true }).fill('Vera')
    await page.getByRole('option', { name: /Vera Loaf/ }).click()
    await dialog.getByLabel('Role', { exact: true }).selectOption({ label: 'Read & write' })
    await dialog.getByRole('radio', { name: 'Only some' }).check()
    await dialog.getByLabel('Names, then types in brackets').fill('_acme-challenge.** (TXT)')
    await dialog.getByText('TXT records at every name that begins with _acme-challenge.').waitFor()
    await previewed(page, /gains/)
    const found = await inspect(page, 'access-grant')
    await dialog.getByRole('button', { name: 'Give access' }).click()
    await page.getByText('Vera Loaf has Read & write on bakery.example now').waitFor()
    await settled(page)
    await page
      .getByRole('row', { name: /Vera Loaf.*Read & write/ })
      .getByRole('button')
      .click()
    await page.getByRole('menuitem', { name: 'Take away' }).click()
    await previewed(page, '1 person loses access.')
    found.push(...(await inspect(page, 'access-revoke')))
    await page.getByRole('dialog').getByRole('button', { name: 'Take away' }).click()
    await page.getByText('was taken away').waitFor()
    await leave()
    expect([...found, ...complaints]).toEqual([])
  },
  120_000,
)

inBrowser(
  'an assertion is checked while it is written, and refuses the change that would break it, naming both [X-6]',
  async () => {
    const { page, open, complaints, leave } = await stage.enter('agency-owner')
    await open('/access/assertions')
    await page.getByRole('button', { name: 'New assertion' }).click()
    const dialog = page.getByRole('dialog', { name: 'New assertion' })
    await dialog.getByLabel('Must never be able to').selectOption('records.write')
    await dialog.getByText('It does not hold now. These can do it:').waitFor()
    const found = await inspect(page, 'access-assertion-broken')
    await dialog.getByLabel('Who', { exact: true }).selectOption('subject')
    await dialog.getByLabel('Which one', { exact: true }).fill('Clara')
    await page.getByRole('option', { name: /Clara Ward/ }).click()
    await dialog.getByText('It holds now, and can be kept.').waitFor()
    await dialog.getByLabel('In your own words').fill('Clara only looks.')
    await dialog.getByRole('button', { name: 'Keep it' }).click()
    await page.getByText('Holds', { exact: true }).waitFor()
    found.push(...(await inspect(page, 'access-assertions')))
    await open(`/customers/${stage.cast.customers['Clinic']}/access?view=holders`)
    await page.getByRole('button', { name: 'Give access' }).click()
    const grant = page.getByRole('dialog', { name: 'Give access to Clinic' })
    await grant.getByLabel('Who', { exact: true }).fill('Clara')
    await page.getByRole('option', { name: /Clara Ward/ }).click()
    await grant.getByLabel('Role', { exact: true }).selectOption('msp.developer')
    await previewed(page, /This would be refused.*Clara only looks/)
    found.push(...(await inspect(page, 'access-assertion-refuses')))
    await grant.getByRole('button', { name: 'Give access' }).click({ force: true })
    expect(await grant.count()).toBe(1)
    const holders = await stage.cast.as['agency-owner'].get(
      `/v1/grants?scope_kind=customer&scope_id=${stage.cast.customers['Clinic']}`,
    )
    expect(holders.body.items.map(({ role_id }: { role_id: string }) => role_id)).not.toContain('msp.developer')
    await leave()
    expect([...found, ...complaints]).toEqual([])
  },
  120_000,
)

inBrowser(
  'who is refused asks from the locked button; who can give it decides, for a shorter time [X-3] [X-7]',
  async () => {
    const mara = await stage.enter('agency-member')
    await mara.open(stage.zone('clinic.example'))
    await mara.page.getByRole('button', { name: 'Ask for access' }).first().click()
    await mara.page.getByText('You ask for').waitFor()
    const found = await inspect(mara.page, 'access-ask')
    await mara.page.getByLabel('What for').fill('Their mail moved this morning.')
    await mara.page.getByRole('button', { name: 'Ask', exact: true }).click()
    await mara.page.getByText('Asked. Whoever can give it').waitFor()
    await mara.open('/access/requests')
    await mara.page.getByText('Waiting', { exact: true }).waitFor()
    found.push(...(await inspect(mara.page, 'access-requests-mine')))

    const owner = await stage.enter('agency-owner')
    await owner.open('/access/requests')
    await owner.page.getByRole('link', { name: 'Requests 1 waiting for you' }).waitFor()
    found.push(...(await inspect(owner.page, 'access-requests')))
    await owner.page.getByRole('button', { name: 'Decide' }).click()
    await owner.page.getByLabel('For how long').selectOption('1')
    await previewed(owner.page, /^until /)
    found.push(...(await inspect(owner.page, 'access-decide')))
    await owner.page.getByRole('button', { name: 'Give it' }).click()
    await owner.page.getByText('Mara Quay has it for 1 hour').waitFor()

    await mara.open(stage.zone('clinic.example'))
    expect(await mara.page.getByText('You can read these records, not change them').count()).toBe(0)
    const complaints = [...mara.complaints, ...owner.complaints]
    await mara.leave()
    await owner.leave()
    expect([...found, ...complaints]).toEqual([])
  },
  180_000,
)

inBrowser(
  'a review shows what was never used, and many grants are confirmed or revoked in one pass [X-22]',
  async () => {
    const { page, open, complaints, leave } = await stage.enter('agency-owner')
    await open('/access/reviews')
    await page.getByRole('button', { name: 'Open a review' }).click()
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await page.getByRole('heading', { name: 'Review of the whole organization' }).waitFor()
    await page.getByLabel('Show', { exact: true }).selectOption('never_used')
    await settled(page)
    await page.getByRole('checkbox', { name: 'Viewer of Vera Loaf on Bakery' }).check()
    await page.getByRole('checkbox', { name: 'Viewer of Clara Ward on Clinic' }).check()
    const found = await inspect(page, 'access-review')
    await page.getByRole('button', { name: 'Revoke' }).click()
    await previewed(page, '2 people lose access.')
    found.push(...(await inspect(page, 'access-review-revoke')))
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('2 grants revoked').waitFor()
    await page.getByText('0 confirmed, 2 revoked').waitFor()
    await open('/access/reviews')
    found.push(...(await inspect(page, 'access-reviews')))
    await leave()
    expect([...found, ...complaints]).toEqual([])
  },
  180_000,
)

inBrowser(
  'what a Client Admin sees of access, in plain words',
  async () => {
    const at = (path: string) => `/portal/bakery${path}`
    const bakery = at(`${stage.zone('bakery.example')}/access`)
    const found = await stage.visit('bakery-admin', {
      'portal-access': [bakery, 'bakery.example'],
      'portal-access-things': [`${bakery}?view=things`, 'bakery.example'],
      'portal-access-try': [`${bakery}?view=try`, 'bakery.example'],
      'portal-requests': [at('/requests'), 'Requests'],
    })
    expect(found).toEqual([])
    const { page, open, leave } = await stage.enter('bakery-developer')
    await open(at(`${stage.zone('bakery.example')}/settings`))
    const words = await page.locator('main').innerText()
    await leave()
    expect(words).not.toMatch(/records\.\w+|zones\.\w+/)
  },
  180_000,
)
