import { expect, test } from 'vitest'
import { viewAsAddress } from './view-as.ts'

test('a client is looked at in its portal, a member in the console; the id stays behind the #', () => {
  expect(viewAsAddress('bakery', 'v1')).toBe('/portal/bakery#view-as=v1')
  expect(viewAsAddress(null, 'v1')).toBe('/#view-as=v1')
})
