import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { type Cast, castOf, type Product, startProduct } from '../test/product.ts'
import { newVisitor, openBrowser, type Visitor } from './browser.ts'
import { type Pages, visitPages } from './visit-pages.ts'

export type Persona = keyof Cast['as']

/**
 * The product with the example organization, and a browser before it, from the first test of a file to its last; its
 * parts are read inside the tests, as none of them is there before the first begins.
 */
export function openStage() {
  let product: Product
  let cast: Cast
  let browser: Browser
  beforeAll(async () => {
    product = await startProduct()
    cast = await castOf(product)
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await product?.stop()
  })
  /** A browser of its own, in which the persona is signed in; without one nobody is. */
  const enter = (as: Persona | null = null): Promise<Visitor> =>
    newVisitor(browser, product, as === null ? null : cast.as[as].cookie)
  return {
    get product() {
      return product
    },
    get cast() {
      return cast
    },
    enter,
    /** Visits pages as a persona and tells everything that is wrong with any of them. */
    visit: async (as: Persona, pages: Pages): Promise<string[]> => visitPages(await enter(as), pages),
    /** Where the zone of this name is in the console; a portal's own path goes before it. */
    zone: (name: string): string => `/zones/${cast.zones[name]}`,
  }
}
