import { expect, test } from 'vitest'
import { groupHoldings, limitsOf, tellSum } from './holdings.ts'

const holding = (permission: string, patch = {}) => ({
  permission,
  records: 'all' as const,
  from: null,
  until: null,
  review_required: false,
  ...patch,
})
const resource = { kind: 'zone' as const, id: 'z', name: 'a.example' }
const subject = (id: string) => ({ id, kind: 'member' as const, realm: 'staff' as const, name: id, detail: '' })

test('what is held alike is told together, what is narrower apart', () => {
  const narrow = { records: ['_acme-challenge.** TXT'] }
  const groups = groupHoldings([holding('zones.view'), holding('records.view'), holding('records.write', narrow)])
  expect(groups.map(({ permissions }) => permissions)).toEqual([['zones.view', 'records.view'], ['records.write']])
  expect(groups[1]?.limits).toEqual(['only TXT records at every name that begins with _acme-challenge'])
})

test('start, end and review are limits in words', () => {
  const limits = limitsOf(
    holding('records.write', { from: '2026-12-03T09:00:00Z', until: '2026-12-09T09:00:00Z', review_required: true }),
  )
  expect(limits).toHaveLength(3)
  expect(limits[0]).toMatch(/^from 3 Dec 2026/)
  expect(limits[2]).toBe('as a proposal that somebody approves')
})

test('people are counted once, however many things they gain', () => {
  const change = { resource, gained: [holding('zones.view')], lost: [], sentence: '' }
  const loss = { resource, gained: [], lost: [holding('zones.view')], sentence: '' }
  expect(
    tellSum([
      { ...change, subject: subject('ida') },
      { ...change, subject: subject('ida') },
      { ...loss, subject: subject('ole') },
    ]),
  ).toBe('1 person gains access, 1 person loses access.')
  expect(tellSum([])).toBe('Nobody gains or loses anything.')
})
