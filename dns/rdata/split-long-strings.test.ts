import { expect, test } from 'vitest'
import { joinTxt, parseRdata, splitLongStrings, TYPE } from '../index.ts'

const long = 'k'.repeat(300)

test.each([
  ['a short text stays as it is', '"v=spf1 -all"', '"v=spf1 -all"'],
  ['a long one is cut at 255 bytes', `"${long}"`, `"${'k'.repeat(255)}" "${'k'.repeat(45)}"`],
  [
    'pieces that fit stay apart',
    `"${'a'.repeat(200)}" "${'b'.repeat(200)}"`,
    `"${'a'.repeat(200)}" "${'b'.repeat(200)}"`,
  ],
  ['an escape is never cut', `"${'x'.repeat(254)}\\200\\"y"`, `"${'x'.repeat(254)}\\200" "\\"y"`],
  ['letters of several bytes are never cut', `"${'x'.repeat(254)}éé"`, `"${'x'.repeat(254)}" "éé"`],
])('%s', (_, data, wanted) => {
  expect(splitLongStrings(data)).toBe(wanted)
  expect(parseRdata(TYPE.TXT, splitLongStrings(data))).not.toHaveProperty('error')
})

test('what was cut reads as the same text', () => {
  expect(joinTxt(splitLongStrings(`"${long.repeat(5)}"`))).toBe(long.repeat(5))
})
