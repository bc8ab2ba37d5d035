import { inspect, type Visitor } from './browser.ts'

/** By the name of their pictures: the address, and what its heading says. */
export type Pages = Record<string, readonly [path: string, heading: string]>

/** Visits pages, tells everything that is wrong with any of them, and leaves. */
export async function visitPages(visitor: Visitor, pages: Pages): Promise<string[]> {
  const { page, open, complaints, leave } = visitor
  const found: string[] = []
  for (const [name, [path, heading]] of Object.entries(pages)) {
    await open(path)
    const top = page.locator('h1').first()
    // A name in a heading may come a moment after the page.
    await top
      .filter({ hasText: heading })
      .waitFor({ timeout: 5_000 })
      .catch(() => {})
    const shown = await top.innerText()
    if (shown !== heading) found.push(`${name} is headed "${shown}", not "${heading}"`)
    for (const alert of await page.getByRole('alert').allInnerTexts()) found.push(`${name} says: ${alert}`)
    found.push(...(await inspect(page, name)))
  }
  await leave()
  return [...found, ...complaints]
}
