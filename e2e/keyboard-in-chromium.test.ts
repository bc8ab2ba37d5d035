import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { needs } from '../test/debian.ts'
import { chromiumFile, settled } from './browser.ts'
import { digUntil } from './dig.ts'
import { openStage } from './stage.ts'

// The way from the door to a changed record, with the keyboard alone: nothing here touches a pointer.

const stage = openStage()

const inBrowser = needs(chromiumFile, '/usr/bin/dig')

/** What has the focus, as a person would name it; rows of the grid are called "row". */
function focused(page: Page): Promise<string> {
  return page.evaluate(`(() => {
    const here = document.activeElement
    if (!here || here === document.body) return ''
    if (here.dataset.row !== undefined) return 'row'
    return (here.getAttribute('aria-label') ?? here.labels?.[0]?.innerText ?? here.innerText ?? '').trim()
  })()`)
}

/** Presses Tab until this has the focus; a page where it is never reached fails here, and tells the way it went. */
async function tabTo(page: Page, name: string): Promise<void> {
  const seen: string[] = []
  for (let presses = 0; presses < 60; presses += 1) {
    const here = await focused(page)
    if (here === name) return
    seen.push(here)
    await page.keyboard.press('Tab')
  }
  throw new Error(`"${name}" is not reached with Tab: ${seen.join(' → ')}`)
}

async function arrive(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor()
  await settled(page)
}

inBrowser(
  'with the keyboard alone: sign in, open a zone, edit a record, review the difference, apply it',
  async () => {
    const { page, open, complaints } = await stage.enter()
    const { keyboard } = page
    const { email, password } = stage.cast.personas['agency-owner']
    await open('/')
    await tabTo(page, 'E-mail address')
    await keyboard.type(email)
    await tabTo(page, 'Password')
    await keyboard.type(password)
    await keyboard.press('Enter')
    await arrive(page, 'Overview')

    await tabTo(page, 'Zones')
    await keyboard.press('Enter')
    await arrive(page, 'Zones')
    await tabTo(page, 'bakery.example')
    await keyboard.press('Enter')
    await arrive(page, 'bakery.example')

    await keyboard.press('/')
    expect(await focused(page)).toBe('Filter records')
    await keyboard.type('relay')
    await page.getByText('1 record fits').waitFor()
    await tabTo(page, 'row')
    await keyboard.press('Enter')
    await tabTo(page, 'Address')
    await keyboard.press('Control+A')
    await keyboard.type('192.0.2.26')
    await keyboard.press('Enter')
    await page.getByText('1 change not applied').waitFor()
    expect(await focused(page)).toBe('row')

    await tabTo(page, 'Review changes')
    await keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('192.0.2.26').first().waitFor()
    await tabTo(page, 'Comment')
    await keyboard.type('the relay has moved')
    await tabTo(page, 'Apply')
    await keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    expect(await digUntil(stage.product.dnsPort, 'relay.bakery.example', 'A', ['192.0.2.26'])).toEqual(['192.0.2.26'])
    expect(complaints).toEqual([])
  },
  60_000,
)

inBrowser('the palette opens a zone by its name, Escape closes it and gives the focus back', async () => {
  const { page, open } = await stage.enter('agency-owner')
  await open('/')
  await tabTo(page, 'Customers')
  await page.keyboard.press('Control+K')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(() => focused(page)).toBe('Customers')
  await page.keyboard.press('Control+K')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.type('clinic')
  await page.getByRole('option', { name: 'clinic.example' }).waitFor()
  await page.keyboard.press('Enter')
  await arrive(page, 'clinic.example')
})
