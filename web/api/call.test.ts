import { expect, test } from 'vitest'
import { addressOf, portalOf } from './call.ts'

test('names in a path are filled and escaped', () => {
  expect(addressOf('/v1/zones/{zone_id}/records/{record_id}', { zone_id: 'a/b', record_id: 'c' }, {})).toBe(
    '/v1/zones/a%2Fb/records/c',
  )
})

test('absent and empty values leave no trace in the query', () => {
  expect(addressOf('/v1/zones', {}, { q: '', cursor: undefined, limit: 50 })).toBe('/v1/zones?limit=50')
})

test('a portal is known from the address, the console has none', () => {
  expect(portalOf('/portal/bakery/zones')).toBe('bakery')
  expect(portalOf('/portal/bakery')).toBe('bakery')
  expect(portalOf('/zones')).toBeUndefined()
  expect(portalOf('/portals')).toBeUndefined()
})
