import type { Page } from 'playwright-core'
import { password } from './agency.ts'
import { settled, type Visitor } from './browser.ts'

// What people do on the pages, in the words that stand on the pages.

/** Opens the link of an invitation and accepts it; the portal stands open afterwards. */
export async function acceptInvitation({ page, open }: Visitor, link: string, name: string): Promise<void> {
  await open(link)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Choose a password').fill(password)
  await page.getByRole('button', { name: 'Accept and sign in' }).click()
  await page.getByRole('heading', { level: 1, name: `Welcome, ${name}` }).waitFor()
  await settled(page)
}

export async function signIn(page: Page, email: string, word: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(word)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** The zones that the page lists, by name. */
export async function zonesShown(page: Page): Promise<string[]> {
  await settled(page)
  return (await page.getByRole('region', { name: 'Zones' }).getByRole('link').allInnerTexts()).sort()
}

export type ClientWish = {
  email: string
  /** The customer whose portal it signs in to; the organization itself where there is none. */
  home?: string
  role: string
  providers?: string[]
  /** What is chosen for single zones: "Read only", "Read & write". */
  zones?: Record<string, string>
}

/** Invites a client account from Settings > Team and gives back the link, with the access told before it was sent. */
export async function inviteClient(page: Page, wish: ClientWish): Promise<{ link: string; told: string }> {
  await page.getByRole('button', { name: 'Invite user' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('A client').check()
  await dialog.getByLabel('E-mail address').fill(wish.email)
  if (wish.home) await dialog.getByLabel('Home').selectOption({ label: wish.home })
  await dialog.getByLabel('Role', { exact: true }).selectOption(wish.role)
  for (const provider of wish.providers ?? []) await dialog.getByLabel(provider).check()
  for (const [zone, level] of Object.entries(wish.zones ?? {})) {
    await dialog.getByLabel(`Access to ${zone}`).selectOption({ label: level })
  }
  const told = await dialog.getByRole('region', { name: 'Resulting access' }).innerText()
  await dialog.getByRole('button', { name: 'Send invitation' }).click()
  const shown = dialog.getByLabel('Link of the invitation')
  const refused = dialog.getByRole('alert')
  await shown.or(refused).first().waitFor()
  if ((await refused.count()) > 0) throw new Error(await refused.innerText())
  const link = await shown.inputValue()
  await dialog.getByRole('button', { name: 'Done' }).click()
  return { link, told }
}

/** Gives the zone in view a record of one data field, and applies it as a change of its own. */
export async function addRecord(page: Page, record: { name: string; type: string; field: string; data: string }) {
  await page.getByRole('button', { name: 'Add record' }).click()
  await page.getByLabel('Name', { exact: true }).fill(record.name)
  await page.getByLabel('Type', { exact: true }).selectOption(record.type)
  await page.getByLabel(record.field).fill(record.data)
  await page.getByRole('button', { name: 'Stage', exact: true }).click()
  await applyStaged(page, `${record.name} by hand`)
}

/** Reviews what is staged and applies it with a comment; the difference that the review showed. */
export async function applyStaged(page: Page, comment: string): Promise<string> {
  await page.getByRole('button', { name: 'Review changes' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('unchanged').waitFor()
  const shown = await dialog.innerText()
  await dialog.getByLabel('Comment').fill(comment)
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await dialog.waitFor({ state: 'detached' })
  return shown
}
