import { expect, test } from 'vitest'
import { recordPermission } from './record-permission.ts'

const apexLabels = ['example', 'com']

test.each([
  ['SOA', 'example.com', 'records.protected.write'],
  ['NS', 'example.com', 'records.protected.write'],
  ['TYPE2', 'example.com', 'records.protected.write'],
  ['A', 'example.com', 'records.write'],
  ['TXT', 'example.com', 'records.write'],
  ['TXT', '_dmarc.example.com', 'records.dmarc.write'],
  ['CNAME', '_dmarc.shop.example.com', 'records.dmarc.write'],
  ['A', 'x._dmarc.example.com', 'records.dmarc.write'],
  ['TXT', '*.example.com', 'records.dmarc.write'],
  ['CNAME', '*.shop.example.com', 'records.dmarc.write'],
  ['type5', '*.example.com', 'records.dmarc.write'],
  ['A', '*.example.com', 'records.write'],
  ['NS', 'shop.example.com', 'records.dmarc.write'],
  ['DNAME', 'example.com', 'records.dmarc.write'],
  ['DNAME', 'shop.example.com', 'records.dmarc.write'],
  ['CNAME', 'shop.example.com', 'records.write'],
  ['TXT', 'x_dmarc.example.com', 'records.write'],
])('writing %s at %s needs its permission', (type, name, permission) => {
  expect(recordPermission({ labels: name.split('.'), type, apexLabels })).toBe(permission)
})

test('a label with an escaped dot is not a _dmarc label', () => {
  expect(recordPermission({ labels: ['_dmarc.shop', 'example', 'com'], type: 'TXT', apexLabels })).toBe('records.write')
})
