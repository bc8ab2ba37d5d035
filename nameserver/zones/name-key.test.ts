import { expect, test } from 'vitest'
import { findLabels, isWithin, keyOfName, nameOfKey, parentKey } from './name-key.ts'

test.each([
  ['a.tricky.test.', 'tricky.test.', true],
  ['Tricky.TEST.', 'tricky.test.', true],
  ['test.', 'tricky.test.', false],
  ['xtricky.test.', 'tricky.test.', false],
  // The bytes of the label end like the wire form of the zone's name.
  ['x\\006tricky.test.', 'tricky.test.', false],
  ['a\\.tricky.test.', 'tricky.test.', false],
  ['anything.', '.', true],
])('%s within %s: %s', (name, zone, expected) => {
  expect(isWithin(keyOfName(name), keyOfName(zone))).toBe(expected)
})

test('keys go back to folded names, and up to the root and no further', () => {
  expect(nameOfKey(keyOfName('A\\.b\\255.Test.'))).toBe('a\\.b\\255.test.')
  expect(parentKey(keyOfName('a.test.'))).toBe(keyOfName('test.'))
  expect([parentKey(keyOfName('test.')), parentKey(keyOfName('.'))]).toEqual([keyOfName('.'), ''])
  expect(findLabels(keyOfName('a.bc.test.'), new Uint8Array(128))).toBe(3)
})
