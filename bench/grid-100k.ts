import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { type Figure, percentile } from './figure.ts'
import { largeZoneFile } from './large-zone-file.ts'
import { type Product, startProduct } from './running-product.ts'

const rounds = 5

/** From the click on a zone of 100,000 records until its first rows can be edited, in Chromium. */
export async function benchGrid(): Promise<Figure[]> {
  if (!existsSync('/usr/bin/chromium')) {
    console.error('grid-100k is left out: Chromium is not installed (Debian package chromium)')
    return []
  }
  const product = await startProduct()
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [...root, '--disable-gpu', '--disable-background-networking'],
  })
  try {
    await importLarge(product)
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await signIn(page, product)
    const samples: number[] = []
    for (let round = 0; round < rounds; round++) {
      await page.goto(`${product.demo.url}/zones?q=large.example`)
      const link = page.getByRole('link', { name: 'large.example' }).first()
      await link.waitFor()
      const started = performance.now()
      await link.click()
      await page.getByRole('grid').getByText('host0', { exact: true }).first().waitFor()
      await page.getByRole('button', { name: 'Add record' }).waitFor()
      samples.push(performance.now() - started)
    }
    return [
      {
        name: 'grid-100k',
        unit: 'ms',
        ours: percentile(samples, 0.5),
        peers: {},
        goal: { atMost: 1000 },
        note: `click → rows to edit, median of ${rounds}`,
      },
    ]
  } finally {
    await browser.close()
    await product.stop()
  }
}

async function importLarge(product: Product): Promise<void> {
  const { items } = (await product.call('GET', '/v1/providers')) as { items: { id: string }[] }
  await product.call('POST', '/v1/zones', {
    name: 'large.example',
    provider_id: items[0]?.id,
    zone_file: largeZoneFile(),
  })
}

async function signIn(
  page: Awaited<ReturnType<Awaited<ReturnType<typeof chromium.launch>>['newPage']>>,
  product: Product,
): Promise<void> {
  const owner = product.demo.personas.find((persona) => persona.name === 'agency-owner')
  await page.goto(product.demo.url)
  await page.getByLabel('E-mail address').fill(owner?.email ?? '')
  await page.getByLabel('Password').fill(owner?.password ?? '')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
}
