import { afterAll, beforeAll, expect } from 'vitest'
import { needs } from '../test/debian.ts'
import { chromiumFile, newVisitor, openBrowser } from './browser.ts'
import { type Organization, type Person, startOrganization } from './reference/organization.ts'

// Settings > Team in an organization whose roles are Admin, Developer and User.

let organization: Organization
let una: Person

const inBrowser = needs(chromiumFile)

beforeAll(async () => {
  organization = await startOrganization('domains')
  una = await organization.join('Una User', { realm: 'staff', grants: [] })
})
afterAll(() => organization?.product.stop())

const rolesOf = async ({ caller }: Person) =>
  ((await caller.get('/v1/me')).body.grants as { role_id: string }[]).map(({ role_id }) => role_id)

inBrowser(
  '[S4-5] an Admin changes a role in Settings > Team, from the menu of the row',
  async () => {
    expect(await rolesOf(una)).toEqual(['domains.user'])
    const browser = await openBrowser()
    const { page, open, complaints } = await newVisitor(
      browser,
      organization.product,
      organization.founder.caller.cookie,
    )
    await open('/')
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Team', exact: true }).click()
    await page.getByRole('table', { name: 'Current Team Members' }).waitFor()
    await page.getByRole('button', { name: 'Actions for Una User' }).click()
    await page.getByRole('menuitem', { name: 'Manage user' }).click()
    const dialog = page.getByRole('dialog', { name: 'Manage Una User' })
    await dialog.getByLabel('Role', { exact: true }).selectOption('domains.developer')
    await dialog.getByRole('button', { name: 'Add role' }).click()
    await dialog.getByRole('button', { name: 'Take away Developer on' }).waitFor()
    await dialog.getByRole('button', { name: 'Take away User on' }).click()
    await page
      .getByRole('dialog', { name: 'Take this access away?' })
      .getByRole('button', { name: 'Take away' })
      .click()
    await expect.poll(() => rolesOf(una), { timeout: 10_000 }).toEqual(['domains.developer'])
    expect(complaints).toEqual([])
    await browser.close()
  },
  60_000,
)
