import { expect, test } from 'vitest'
import { adviseOn, indexZone } from './check-draft.ts'
import { draftOf, fieldLabel, newDraft, readDraft, readTtl, withType } from './draft.ts'
import { filterRecords } from './filter-records.ts'
import { doubledName, labelsUnescaped, readOwner, type Values, type ZoneRecord } from './record.ts'
import { nothingStaged, stageDeletes } from './staging.ts'

const apex = 'example.com.'
const a = (owner: string, type = 'A', data = '192.0.2.1', ttl = 300): ZoneRecord => ({
  id: `${owner} ${type} ${data}`,
  owner,
  name: owner === '@' ? 'example.com' : `${owner}.example.com`,
  type,
  ttl,
  data,
  protected: false,
  changed_at: '',
  changed_by: { id: null, name: '' },
  change_id: '',
})
const filled = (type: string, owner: string, ...fields: string[]) => ({ ...withType(newDraft(), type), owner, fields })

test.each([
  ['www', 'www'],
  ['www.example.com', 'www'],
  ['www.example.com.', 'www'],
  ['@', '@'],
  ['example.com', '@'],
  ['bücher', 'xn--bcher-kva'],
  ['www.example.net', 'www.example.net'],
])('the name %s is %s in the zone', (text, owner) => {
  expect(readOwner(text, apex)).toMatchObject({ owner })
})

test('a name outside the zone and an empty name are refused', () => {
  expect(readOwner('www.example.net.', apex)).toHaveProperty('error')
  expect(readOwner(' ', apex)).toHaveProperty('error')
})

test('a zone’s name typed twice is noticed', () => {
  expect(doubledName('www.example.com.example.com.', apex)).toBe('www.example.com')
  expect(doubledName('example.com.example.com.', apex)).toBe('example.com')
  expect(doubledName('www.example.com.', apex)).toBeUndefined()
})

test('an escaped dot stays inside its label', () => {
  expect(labelsUnescaped('A\\.b.Example.com.')).toEqual(['a.b', 'example', 'com'])
})

test.each([
  [filled('A', 'www', '192.0.2.7'), '192.0.2.7'],
  [filled('MX', '@', '10', 'mail.example.net.'), '10 mail.example.net.'],
  [filled('MX', '@', '10', 'mail'), '10 mail.example.com.'],
  [filled('MX', '@', '10', 'mail.example.com'), '10 mail.example.com.'],
  [filled('CNAME', 'x', 'bücher.example.'), 'xn--bcher-kva.example.'],
  [filled('TXT', 'x', 'v="1"'), '"v=\\"1\\""'],
  [filled('SRV', '_sip._tcp', '0', '5', '5060', 'sip'), '0 5 5060 sip.example.com.'],
  [filled('CAA', '@', '0', 'issue', 'letsencrypt.org'), '0 issue "letsencrypt.org"'],
  [{ ...newDraft('TYPE65280'), owner: 'x', raw: '\\# 1 ab' }, '\\# 1 AB'],
])('a form of %j is the data %s', (draft, data) => {
  expect(readDraft(draft, apex)).toMatchObject({ values: { data } })
})

test('what is wrong is told at its field', () => {
  const wrong = readDraft(filled('A', 'www', '192.0.2.300'), apex)
  expect('errors' in wrong && wrong.errors.fields[0]).toContain('IPv4')
  const port = readDraft(filled('SRV', 's', '0', '5', 'http', 'sip'), apex)
  expect('errors' in port && Object.keys(port.errors.fields)).toEqual(['2'])
  expect(readDraft({ ...filled('A', '', ''), ttl: 'soon' }, apex)).toMatchObject({
    errors: { owner: expect.any(String), ttl: expect.any(String), fields: { 0: 'Address is missing.' } },
  })
})

test('a long text goes into the form as one and comes back as it was', () => {
  const key = `v=DKIM1; p=${'A'.repeat(400)}`
  const read = readDraft(filled('TXT', 'k', key), apex)
  if ('errors' in read) throw new Error('refused')
  expect(read.values.data).toMatch(/^".{255}" ".*"$/)
  expect(draftOf(read.values).fields).toEqual([key])
})

test('another type keeps the fields that mean the same', () => {
  expect(withType(filled('SRV', 's', '1', '5', '443', 'web'), 'CNAME').fields).toEqual(['web'])
  expect(withType(newDraft(), 'MX').fields).toEqual(['10', ''])
})

test('times are read as people write them', () => {
  expect(['3600', '1h', '1h30m', '2d', 'x', '-1', '99999999999'].map(readTtl)).toEqual([
    3600,
    3600,
    5400,
    172_800,
    null,
    null,
    null,
  ])
})

test('names of fields are words', () => {
  expect(['address', 'keyTag', 'matchingType'].map(fieldLabel)).toEqual(['Address', 'Key tag', 'Matching type'])
})

const zone = [a('www'), a('www', 'A', '192.0.2.2'), a('alias', 'CNAME', 'www.example.com.')]
const advise = (values: Values, staged = nothingStaged, id: string | null = null) =>
  adviseOn(indexZone(apex, zone, staged), id, values)

test('an alias beside others is refused, unless the others go', () => {
  const alias = { owner: 'www', type: 'CNAME', ttl: 300, data: 'x.example.net.' }
  expect(advise(alias).errors).toEqual(['Cannot add CNAME at "www": an A record already exists'])
  expect(advise(alias, stageDeletes(nothingStaged, zone.slice(0, 2))).errors).toEqual([])
})

test('a record does not stand in its own way, its double does', () => {
  expect(advise({ owner: 'www', type: 'A', ttl: 300, data: '192.0.2.1' }, nothingStaged, zone[0]?.id).errors).toEqual(
    [],
  )
  expect(advise({ owner: 'WWW', type: 'A', ttl: 300, data: '192.0.2.1' }).errors).toHaveLength(1)
})

test('another TTL in a set, a doubled name and a server that is an alias are hints', () => {
  expect(advise({ owner: 'www', type: 'A', ttl: 60, data: '192.0.2.3' }).hints).toEqual([
    'A TTL holds for all A records of this name: 2 more will have 60 too.',
  ])
  expect(advise({ owner: 'a.example.com', type: 'A', ttl: 60, data: '192.0.2.3' }).hints[0]).toContain('twice')
  expect(advise({ owner: '@', type: 'MX', ttl: 60, data: '10 alias.example.com.' }).hints[0]).toContain('alias')
  expect(advise({ owner: '@', type: 'MX', ttl: 60, data: '10 m.example.com.example.com.' }).hints[0]).toContain('twice')
})

test('a filter finds owners, whole names, data and types, without regard to case', () => {
  const found = (text: string, type = '') => filterRecords(zone, { text, type }).length
  expect([
    found('WWW'),
    found('example.com'),
    found('192.0.2.2'),
    found('cname'),
    found('', 'A'),
    found('www', 'CNAME'),
  ]).toEqual([3, 3, 1, 1, 2, 1])
  expect(filterRecords(zone, { text: ' ', type: '' })).toBe(zone)
})
