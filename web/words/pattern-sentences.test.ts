import { expect, test } from 'vitest'
import { tellPatternsInWords, tellPatternText } from './pattern-sentences.ts'

const tell = (name: string, ...types: string[]) => tellPatternsInWords([{ names: [name], types }])[0]

test('each kind of name is told apart', () => {
  expect(tell('www.example.com')?.text).toBe('Records of every type at www.example.com, and at no other name')
  expect(tell('**.example.com', 'A', 'AAAA')?.text).toBe('A and AAAA records at example.com and at every name below it')
  expect(tell('+.example.com', 'A')?.text).toBe('A records at every name below example.com, not at example.com itself')
  expect(tell('_acme-challenge.**', 'TXT')?.text).toBe('TXT records at every name that begins with _acme-challenge')
})

test('what is no pattern says what would be right', () => {
  expect(tell('a.**.example.com')).toEqual({ text: expect.stringContaining('in the middle'), wrong: true })
  expect(tell('www.example.com', 'T?XT')?.wrong).toBe(true)
})

test('what the server wrote is told for the middle of a sentence', () => {
  expect(tellPatternText('_acme-challenge.** TXT')).toBe('TXT records at every name that begins with _acme-challenge')
  expect(tellPatternText('**.example.com')).toBe('records of every type at example.com and at every name below it')
  expect(tellPatternText('and 3 more')).toBe('and 3 more')
})

test('several names give several sentences, in their order', () => {
  const sentences = tellPatternsInWords([{ names: ['a.example', 'b.example'], types: ['A'] }, { names: ['c.example'] }])
  expect(sentences.map(({ text }) => text.split(' at ')[1]?.slice(0, 9))).toEqual([
    'a.example',
    'b.example',
    'c.example',
  ])
})
