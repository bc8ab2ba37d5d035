import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { needs } from '../test/debian.ts'
import { chromiumFile, settled, type Visitor } from './browser.ts'
import { openStage } from './stage.ts'

// A tab that looks as somebody else beside the browser of that person: the same places and the same buttons, and every
// button that changes something says why it does not.

const stage = openStage()

const inBrowser = needs(chromiumFile)

/** Begins on the page where the person stands, as anybody would; the tab that opens. */
async function lookAs({ page, open }: Visitor, list: string, name: string): Promise<Page> {
  await open(list)
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'View as…' }).click()
  await page.getByLabel('Why').fill('A question on the phone')
  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('button', { name: `View as ${name}` }).click(),
  ])
  await settled(tab)
  return tab
}

const bannerOf = (tab: Page) => tab.getByRole('region', { name: 'Looking as somebody else' })

/** Where the menu leads. */
async function menuOf(page: Page): Promise<string[]> {
  await settled(page)
  const links = await page.getByRole('navigation', { name: 'Main' }).getByRole('link').all()
  return Promise.all(links.map(async (link) => (await link.getAttribute('href')) ?? ''))
}

/** A button is there, is off, and says that somebody looks. */
async function expectOff(tab: Page, name: string): Promise<void> {
  const button = tab.getByRole('button', { name, exact: true }).first()
  await button.waitFor()
  const [off, reasonId] = [await button.getAttribute('aria-disabled'), await button.getAttribute('aria-describedby')]
  expect([off, reasonId === null], name).toEqual(['true', false])
  expect(await tab.locator(`[id="${reasonId}"]`).textContent(), name).toMatch(/looks as .* nothing changed/)
  await button.click({ force: true })
  expect(await tab.getByRole('dialog').count(), name).toBe(0)
}

async function end(tab: Page): Promise<void> {
  const closed = tab.waitForEvent('close')
  await bannerOf(tab).getByRole('button', { name: 'End' }).click()
  await closed
}

inBrowser(
  '[X-9] a tab that looks as a Client Admin has the menu and the pages of the Client Admin, and changes nothing',
  async () => {
    const owner = await stage.enter('agency-owner')
    const bea = await stage.enter('bakery-admin')
    await bea.open('/portal/bakery')
    const tab = await lookAs(owner, '/settings/team/clients', 'Bea Baker')
    await bannerOf(tab).getByText('Olive Harbour looks as Bea Baker').waitFor()
    const menu = await menuOf(tab)
    expect(menu).toContain('/portal/bakery/people')
    expect(menu).toEqual(await menuOf(bea.page))
    const go = async (path: string) => {
      await tab.goto(`/portal/bakery${path}`)
      await settled(tab)
      await bannerOf(tab).waitFor()
    }
    await go('/people')
    await expectOff(tab, 'Invite')
    // What takes a right to write to be listed is listed too: it is what the person sees.
    await tab.getByText('Dev Crumb').first().waitFor()
    await go('/profile')
    await expectOff(tab, 'Change password')
    await go(stage.zone('bakery.example'))
    await expectOff(tab, 'Add record')
    await tab.keyboard.press('n')
    await tab.getByRole('row').nth(1).dblclick()
    expect(await tab.getByRole('button', { name: 'Stage', exact: true }).count()).toBe(0)
    expect(await tab.getByRole('region', { name: 'Staged changes' }).count()).toBe(0)
    await end(tab)
    // The browser of the person itself is as it was.
    await bea.open(`/portal/bakery${stage.zone('bakery.example')}`)
    expect(await bea.page.getByRole('button', { name: 'Add record' }).getAttribute('aria-disabled')).toBe(null)
    expect([...owner.complaints, ...bea.complaints]).toEqual([])
    await owner.leave()
    await bea.leave()
  },
  180_000,
)

inBrowser(
  '[X-9] a tab that looks as a Member has the console of the Member, and changes nothing',
  async () => {
    const owner = await stage.enter('agency-owner')
    const member = await stage.enter('agency-member')
    await member.open('/')
    const { name } = (await stage.cast.as['agency-member'].get('/v1/me')).body.user
    const tab = await lookAs(owner, '/settings/team', name)
    await bannerOf(tab).getByText(`Olive Harbour looks as ${name}`).waitFor()
    const menu = await menuOf(tab)
    expect(menu).toContain('/developer/keys')
    expect(menu).toEqual(await menuOf(member.page))
    expect(menu).not.toEqual(await menuOf(owner.page))
    await tab.goto('/developer/keys')
    await expectOff(tab, 'New API key')
    await tab.goto('/profile')
    await expectOff(tab, 'Change password')
    await expectOff(tab, 'Switch team features on')
    await tab.goto(stage.zone('bakery.example'))
    await expectOff(tab, 'Add record')
    await end(tab)
    await owner.open('/developer/keys')
    expect(await owner.page.getByRole('button', { name: 'New API key' }).getAttribute('aria-disabled')).toBe(null)
    expect([...owner.complaints, ...member.complaints]).toEqual([])
    await owner.leave()
    await member.leave()
  },
  180_000,
)
