import { expect, test } from 'vitest'
import { Fault } from '../../api/fault.ts'
import { type Candidate, canImport, nameFromFile } from './candidate.ts'

const good: Candidate = {
  key: '1',
  file: 'bakery.example.zone',
  text: '',
  name: '',
  check: { name: 'bakery.example', records: 12, errors: [], warnings: [], existing_zone_id: null },
  state: { step: 'checked' },
}

test.each([
  ['bakery.example.zone', 'bakery.example'],
  ['db.Example.com', 'example.com'],
  ['example.com', 'example.com'],
  ['2.0.192.in-addr.arpa.db', '2.0.192.in-addr.arpa'],
  ['zones (copy).txt', ''],
])('the file %s suggests %j', (file, name) => {
  expect(nameFromFile(file)).toBe(name)
})

test('a checked file without errors can be imported, and again after a failure', () => {
  expect(canImport(good)).toBe(true)
  expect(canImport({ ...good, state: { step: 'failed', fault: new Fault({ code: 'unreachable' }) } })).toBe(true)
})

test('a file with a wrong line, an existing zone, no name or no check cannot', () => {
  const check = good.check
  if (!check) throw new Error('the good candidate is checked')
  expect(canImport({ ...good, check: { ...check, errors: [{ line: 3, message: 'no such type' }] } })).toBe(false)
  expect(canImport({ ...good, check: { ...check, existing_zone_id: 'z' } })).toBe(false)
  expect(canImport({ ...good, check: { ...check, name: null } })).toBe(false)
  expect(canImport({ ...good, check: null })).toBe(false)
  expect(canImport({ ...good, state: { step: 'made', zoneId: 'z' } })).toBe(false)
})
