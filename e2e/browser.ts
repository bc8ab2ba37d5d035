import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { Product } from '../test/product.ts'

export const chromiumFile = '/usr/bin/chromium'
const screenshots = join(import.meta.dirname, 'screenshots')

const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Debian's Chromium with a fresh profile; as root it has no sandbox of its own. */
export function openBrowser(): Promise<Browser> {
  const args = process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet
  return chromium.launch({ executablePath: chromiumFile, args })
}

/** A person at a computer of its own: cookies, storage and window apart from everybody else's. */
export type Visitor = {
  page: Page
  /** What went wrong on a page and nobody would see: script errors, refusals of the content security policy. */
  complaints: string[]
  /** Opens a path of the product and waits until everything asked for is there. */
  open(path: string): Promise<void>
  leave(): Promise<void>
}

/** Somebody who has just opened a browser; with a session's cookie (`name=value`), somebody signed in. */
export async function newVisitor(browser: Browser, product: Product, session: string | null = null): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: product.url,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Zurich',
    reducedMotion: 'reduce',
  })
  if (session !== null) {
    const [name = '', value = ''] = session.split('=')
    // Such a cookie can only be put down for https; on a loopback address Chromium sends it over http too.
    const place = {
      url: product.url.replace('http:', 'https:'),
      secure: true,
      httpOnly: true,
      sameSite: 'Lax' as const,
    }
    await context.addCookies([{ name, value, ...place }])
  }
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Trusted/i.test(message.text()))
      complaints.push(message.text())
  })
  const open = async (path: string) => {
    await page.goto(path)
    await settled(page)
  }
  return { page, complaints, open, leave: () => context.close() }
}

/** Waits for a page that shows its content: it has a name, and nothing is being loaded any more. */
export async function settled(page: Page): Promise<void> {
  // A dialog hides the page behind it from roles, so the heading is found by its element.
  await page.locator('h1').first().waitFor()
  await page.locator('[aria-label=Loading], [aria-busy=true]').first().waitFor({ state: 'detached' })
}

const widths = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const

const views = [
  { width: 'desktop', theme: 'light', judge: true },
  // The themes differ in nothing but colours, and the colours are the same at both widths.
  { width: 'desktop', theme: 'dark', judge: ['color-contrast'] },
  { width: 'phone', theme: 'dark', judge: false },
  { width: 'phone', theme: 'light', judge: true },
] as const

/** Looks at a page at both widths and in both themes: four pictures to be looked at, and what axe finds in it. */
export async function inspect(page: Page, name: string): Promise<string[]> {
  mkdirSync(screenshots, { recursive: true })
  const findings: string[] = []
  for (const { width, theme, judge } of views) {
    await page.setViewportSize(widths[width])
    await page.emulateMedia({ colorScheme: theme })
    await page.locator(`html:not([data-theme]), html[data-theme=${theme}]`).waitFor()
    await settled(page)
    await page.screenshot({ path: join(screenshots, `${name}-${width}-${theme}.png`), animations: 'disabled' })
    if (await scrollsSideways(page)) findings.push(`${name} (${width}): the page scrolls sideways`)
    if (judge === false) continue
    const axe = new AxeBuilder({ page }).setLegacyMode()
    const { violations } = await (judge === true ? axe : axe.withRules([...judge])).analyze()
    for (const { id, nodes } of violations) {
      const places = nodes.slice(0, 3).map((node) => node.target.join(' '))
      findings.push(`${name} (${width}, ${theme}): ${id} at ${places.join(' | ')}`)
    }
  }
  await page.setViewportSize(widths.desktop)
  await page.emulateMedia({ colorScheme: 'light' })
  return findings
}

function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
}
