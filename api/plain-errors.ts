import type { z } from 'zod'

type RawIssue = Parameters<z.core.$ZodErrorMap>[0]

/**
 * What is wrong with a field, in a sentence that says what would be right; undefined where zod's own words serve. A
 * schema's own message always comes first.
 * @example sayIssue({ code: 'invalid_value', values: ['zone', 'hosting'], input: 'galaxy' }) // 'Expected one of zone, hosting.'
 */
export function sayIssue(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `There is no field ${issue.keys.map((key) => `"${key}"`).join(', ')} here: leave it out, or mend its name.`
    case 'invalid_type':
      return sayType(issue.expected, issue.input)
    case 'invalid_value':
      return `Expected ${oneOf(issue.values)}.`
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options) ? `Expected ${oneOf(issue.options)}.` : undefined
    case 'invalid_format':
      return formats[issue.format]
    case 'too_small':
      return saySize(issue.origin, 'at least', Number(issue.minimum), issue.inclusive !== false)
    case 'too_big':
      return saySize(issue.origin, 'at most', Number(issue.maximum), issue.inclusive !== false)
    default:
      return undefined
  }
}

const formats: Readonly<Record<string, string>> = {
  uuid: 'This is no id: expected one as the API gives them, such as 018f2c1e-7b3a-7c44-9d10-5e6f7a8b9c0d.',
  datetime: 'This is no time: expected one in UTC, such as 2026-12-31T18:00:00Z.',
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

function sayType(expected: string, input: unknown): string {
  const kind = kinds[expected] ?? expected
  return input === undefined ? `It is missing: expected ${kind}.` : `Expected ${kind}.`
}

function saySize(origin: string, bound: string, limit: number, inclusive: boolean): string | undefined {
  if (!inclusive) return undefined
  if (origin === 'string' && bound === 'at least' && limit === 1) return 'It is empty: write something.'
  if (origin === 'string') return `Expected ${bound} ${limit} characters.`
  if (origin === 'array') return `Expected ${bound} ${limit} of them.`
  return `Expected ${bound} ${limit}.`
}

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.join(', ')}`
}
