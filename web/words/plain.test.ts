import { expect, test } from 'vitest'
import { withoutIds } from './plain.ts'

test('a client reads what it may not do, without the name of a permission', () => {
  expect(withoutIds('You may not see records: records.view on the zone a.example.')).toBe(
    'You may not see records on the zone a.example.',
  )
  expect(withoutIds('You may not write SOA: records.protected.write on the zone a.example.')).toBe(
    'You may not write SOA on the zone a.example.',
  )
})

test('names of zones and roles stay', () => {
  const sentence = 'Client Admin on the customer Bakery: bakery.example belongs to it.'
  expect(withoutIds(sentence)).toBe(sentence)
})
