import { expect, test } from 'vitest'
import { id, time, z } from './json.ts'

const fields: [string, z.ZodType, unknown, string][] = [
  ['something is missing', z.string(), undefined, 'It is missing: expected a text.'],
  ['a list is wanted', z.array(z.string()), 'TXT', 'Expected a list.'],
  ['half a seat', z.number().int(), 1.5, 'Expected a whole number.'],
  ['an unknown kind', z.enum(['zone', 'hosting']), 'galaxy', 'Expected one of zone, hosting.'],
  [
    'no kind of a union',
    z.discriminatedUnion('kind', [z.object({ kind: z.literal('anyone') }), z.object({ kind: z.literal('realm') })]),
    { kind: 'nobody' },
    'Expected one of anyone, realm.',
  ],
  [
    'no id',
    id,
    'x',
    'This is no id: expected one as the API gives them, such as 018f2c1e-7b3a-7c44-9d10-5e6f7a8b9c0d.',
  ],
  ['no time', time, 'tomorrow', 'This is no time: expected one in UTC, such as 2026-12-31T18:00:00Z.'],
  ['an empty text', z.string().min(1), '', 'It is empty: write something.'],
  ['a long text', z.string().max(3), 'abcd', 'Expected at most 3 characters.'],
  ['an empty list', z.array(z.string()).min(1), [], 'Expected at least 1 of them.'],
  ['too small a number', z.number().min(1), 0, 'Expected at least 1.'],
  ['an unknown field', z.strictObject({}), { typ: 1 }, 'There is no field "typ" here: leave it out, or mend its name.'],
]

test.each(fields)('%s is told in plain words, with what would be right', (_, schema, value, message) => {
  expect(schema.safeParse(value).error?.issues.map((issue) => issue.message)).toEqual([message])
})

test('the words of a schema itself come first', () => {
  const read = z.string().min(1, 'Say why.').safeParse('')
  expect(read.error?.issues.map((issue) => issue.message)).toEqual(['Say why.'])
})
