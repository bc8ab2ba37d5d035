import { expect, test } from 'vitest'
import { id, personName, shortText } from './json.ts'

const refused: [string, string][] = [
  ['line\nfeed', 'U+000A'],
  ['nul\u0000', 'U+0000'],
  ['escape \u001b[31m', 'U+001B'],
  ['delete\u007f', 'U+007F'],
  ['next line\u0085here', 'U+0085'],
  ['mark\u200f', 'U+200F'],
  ['turned \u202egnp.exe', 'U+202E'],
  ['isolated \u2066name', 'U+2066'],
]

test.each(refused)('a name with a character that cannot be seen is refused, by its number: %j', (text, number) => {
  for (const schema of [shortText, personName]) {
    const read = schema.safeParse(text)
    expect(read.success).toBe(false)
    expect(read.error?.issues.map(({ message }) => message)).toEqual([
      `It is one line of plain text, and has a character that cannot be seen (${number}): leave that out.`,
    ])
  }
})

test('names in any script are taken as they are, without the spaces around them', () => {
  for (const name of ['Zoë Müller', 'שרה כהן', 'محمد علي', '佐藤', 'O’Brien & Sons', '👩‍🍳 Bakery', 'a\u200db']) {
    expect(shortText.parse(`  ${name}\n`)).toBe(name)
  }
})

test('a name is not empty and not longer than 200 characters', () => {
  expect(shortText.safeParse(' \n ').success).toBe(false)
  expect(shortText.safeParse('a'.repeat(201)).success).toBe(false)
})

test('an id is the same in capitals', () => {
  expect(id.parse('0190A6B4-3C1D-7ABC-8DEF-0123456789AB')).toBe('0190a6b4-3c1d-7abc-8def-0123456789ab')
})
