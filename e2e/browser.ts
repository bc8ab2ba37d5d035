import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'

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

/** What went wrong on a page and nobody would see: script errors, refusals of the content security policy. */
export type Complaints = string[]

/** A person at a computer of its own: cookies, storage and window apart from everybody else's. */
export async function newVisitor(
  browser: Browser,
): Promise<{ page: Page; complaints: Complaints; leave: () => Promise<void> }> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Zurich',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const complaints: Complaints = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Trusted/i.test(message.text()))
      complaints.push(message.text())
  })
  return { page, complaints, leave: () => context.close() }
}

const widths = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const
const themes = ['light', 'dark'] as const

/** Looks at a page in both themes and at both widths: four pictures to be looked at, and no axe finding in any. */
export async function inspect(page: Page, name: string): Promise<string[]> {
  mkdirSync(screenshots, { recursive: true })
  const findings: string[] = []
  for (const [width, viewport] of Object.entries(widths)) {
    await page.setViewportSize(viewport)
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme })
      await page.waitForLoadState('networkidle')
      await page.screenshot({ path: join(screenshots, `${name}-${width}-${theme}.png`), animations: 'disabled' })
      const { violations } = await new AxeBuilder({ page }).analyze()
      for (const { id, nodes } of violations) {
        findings.push(
          `${name} (${width}, ${theme}): ${id} at ${nodes
            .map((node) => node.target.join(' '))
            .slice(0, 3)
            .join(' | ')}`,
        )
      }
      if (width === 'phone' && (await scrollsSideways(page)))
        findings.push(`${name} (${width}): the page scrolls sideways`)
    }
  }
  await page.setViewportSize(widths.desktop)
  await page.emulateMedia({ colorScheme: 'light' })
  return findings
}

function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
}
