import { expect, test } from 'vitest'
import { baseOf, pathsFrom } from './paths.ts'

test('a zone has an address in the console and one in each portal', () => {
  expect(pathsFrom(baseOf('/zones')).zoneChanges('z1')).toBe('/zones/z1/changes')
  expect(pathsFrom(baseOf('/portal/bakery/help')).zone('z1')).toBe('/portal/bakery/zones/z1')
})

test('home is the root of the layout', () => {
  expect(pathsFrom('').home).toBe('/')
  expect(pathsFrom('/portal/bakery').home).toBe('/portal/bakery')
})
