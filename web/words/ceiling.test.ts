import { expect, test } from 'vitest'
import { tellCeiling } from './ceiling.ts'

test.each([
  [{}, 'none, as wide as its owner'],
  [{ permissions: ['api.use', 'records.view'] }, 'reads only'],
  [{ permissions: ['api.use', 'records.write'] }, '2 permissions'],
  [
    {
      scopes: [{ kind: 'zone' as const, id: 'z' }],
      patterns: [{ names: ['_acme-challenge.**'], types: ['TXT'] }],
      networks: ['192.0.2.0/24'],
    },
    '1 place, _acme-challenge.** (TXT), from 192.0.2.0/24',
  ],
])('%j is told as %s', (ceiling, words) => {
  expect(tellCeiling(ceiling)).toBe(words)
})
