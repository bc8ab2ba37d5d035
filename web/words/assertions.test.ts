import { expect, test } from 'vitest'
import { type RuleWish, ruleOf, tellRule } from './assertions.ts'

const wish: RuleWish = {
  who: 'client',
  subject: null,
  roleId: '',
  permission: 'records.write',
  at: { kind: 'customer', id: 'c', name: 'Acme' },
  record: '',
  except: [],
  sentence: '',
}

test('a rule is made when everything it needs is there', () => {
  expect(ruleOf(wish, 'told')).toMatchObject({ who: { kind: 'realm', realm: 'client' }, record: null, except: [] })
  expect(ruleOf({ ...wish, who: 'subject' }, 'told')).toBeNull()
  expect(ruleOf({ ...wish, who: 'role' }, 'told')).toBeNull()
  expect(ruleOf({ ...wish, at: { kind: 'zone', id: '', name: '' } }, 'told')).toBeNull()
})

test('the holders of a role are those at the place that the rule is about', () => {
  expect(ruleOf({ ...wish, who: 'role', roleId: 'msp.viewer' }, 'told')?.who).toEqual({
    kind: 'role',
    role_id: 'msp.viewer',
    scope: { kind: 'customer', id: 'c' },
  })
})

test('a sentence of one’s own is kept, and otherwise the one that was told', () => {
  expect(ruleOf(wish, 'told')?.sentence).toBe('told')
  expect(ruleOf({ ...wish, sentence: ' Clients only look. ' }, 'told')?.sentence).toBe('Clients only look.')
})

test('records are read from what was written', () => {
  expect(ruleOf({ ...wish, record: '**.acme.example (NS)' }, 'told')?.record).toEqual({
    name: '**.acme.example',
    types: ['NS'],
  })
})

test('the sentence is told while it is being written', () => {
  expect(tellRule(wish, 'Write records', '')).toBe('No client account can ever write records on Acme or below it.')
  const ida = { id: 'i', name: 'Ida' }
  expect(tellRule({ ...wish, who: 'role', except: [ida] }, 'Write records', 'Viewer')).toBe(
    'Nobody with the role Viewer there can ever write records on Acme or below it, but Ida.',
  )
})
