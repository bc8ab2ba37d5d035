import { expect, test } from 'vitest'
import { ceilingOf, noCeiling } from './ceiling-fields.tsx'

const held = [
  { id: 'records.view', writes: false },
  { id: 'records.write', writes: true },
  { id: 'api.use', writes: true },
]

test('what is not written does not narrow a key', () => {
  expect(ceilingOf(noCeiling, held)).toEqual({})
})

test('a key that reads only holds nothing that writes, and may use the API', () => {
  expect(ceilingOf({ ...noCeiling, what: 'read' }, held)).toEqual({ permissions: ['api.use', 'records.view'] })
})

test('each part of a ceiling is sent as the API takes it', () => {
  const draft = {
    ...noCeiling,
    what: 'chosen' as const,
    permissions: ['records.write'],
    scopes: [{ kind: 'zone' as const, id: 'z', name: 'example.com' }],
    patterns: '_acme-challenge.** (TXT)',
    networks: '192.0.2.0/24, 2001:db8::/32',
    idleDays: '30',
  }
  expect(ceilingOf(draft, held)).toEqual({
    permissions: ['api.use', 'records.write'],
    scopes: [{ kind: 'zone', id: 'z' }],
    patterns: [{ names: ['_acme-challenge.**'], types: ['TXT'] }],
    networks: ['192.0.2.0/24', '2001:db8::/32'],
    idle_days: 30,
  })
})
