import { expect, test } from 'vitest'
import { isPublicSuffix, ownNamesAbove, readZoneName } from './zone-name.ts'

test.each([
  ['.', true],
  ['com.', true],
  ['CO.UK.', true],
  ['github.io.', true],
  ['lan.', true],
  ['bakery.example.', false],
  ['example.com.', false],
])('%s is for the operator only: %s', (name, wanted) => {
  expect(isPublicSuffix(name)).toBe(wanted)
})

test.each([
  ['bakery.example', { name: 'bakery.example.' }],
  ['Bäckerei.example.', { name: 'xn--bckerei-5wa.example.' }],
  ['*.bakery.example', { error: expect.stringContaining('cannot begin with "*"') }],
  ['a..b', { error: expect.any(String) }],
])('the zone name "%s" is read', (text, wanted) => {
  expect(readZoneName(text)).toEqual(wanted)
})

test('what the public registers below stands in nobody’s way', () => {
  expect(ownNamesAbove('www.shop.bakery.co.uk.')).toEqual([
    'www.shop.bakery.co.uk.',
    'shop.bakery.co.uk.',
    'bakery.co.uk.',
  ])
})
