import { expect, test } from 'vitest'
import { faultsByEdit, operationsOf } from './operations.ts'
import type { ZoneRecord } from './record.ts'
import {
  countStaged,
  emptyHistory,
  nothingStaged,
  redo,
  stageCreate,
  stageDeletes,
  stageTtls,
  stageUpdate,
  step,
  undo,
  unstage,
} from './staging.ts'

const record = (id: string, owner = id, ttl = 300): ZoneRecord => ({
  id,
  owner,
  name: `${owner}.example.com`,
  type: 'A',
  ttl,
  data: '192.0.2.1',
  protected: false,
  changed_at: '2026-11-21T12:00:00Z',
  changed_by: { id: null, name: 'Anna' },
  change_id: 'c',
})
const values = { owner: 'www', type: 'A', ttl: 60, data: '192.0.2.9' }
const www = record('www')

test('new values are an update, and the old ones again are nothing', () => {
  const staged = stageUpdate(nothingStaged, www, values)
  expect(staged.get('www')).toEqual({
    op: 'update',
    id: 'www',
    before: { owner: 'www', type: 'A', ttl: 300, data: '192.0.2.1' },
    values,
  })
  expect(stageUpdate(staged, www, { owner: 'www', type: 'A', ttl: 300, data: '192.0.2.1' }).size).toBe(0)
})

test('deleting a record that was only staged leaves no trace', () => {
  const staged = stageCreate(nothingStaged, 'new', values)
  expect(stageDeletes(staged, [], ['new']).size).toBe(0)
  expect(countStaged(stageDeletes(staged, [www]))).toEqual({ create: 1, update: 0, delete: 1 })
})

test('one TTL for many goes on top of what is staged, and not on what goes', () => {
  const edited = stageUpdate(stageDeletes(nothingStaged, [record('gone')]), www, values)
  const staged = stageTtls(
    stageCreate(edited, 'new', values),
    [www, record('gone'), record('b'), record('c', 'c', 900)],
    900,
    ['new'],
  )
  expect(staged.get('www')).toMatchObject({ op: 'update', values: { ttl: 900, data: '192.0.2.9' } })
  expect(staged.get('gone')?.op).toBe('delete')
  expect(staged.get('b')).toMatchObject({ op: 'update', values: { ttl: 900 } })
  expect(staged.has('c')).toBe(false)
  expect(staged.get('new')).toMatchObject({ op: 'create', values: { ttl: 900 } })
})

test('steps are undone and redone, and a new step forgets what was undone', () => {
  const one = step(emptyHistory, stageUpdate(nothingStaged, www, values))
  const two = step(one, stageDeletes(one.now, [record('b')]))
  const back = undo(undo(two))
  expect(back.now.size).toBe(0)
  expect(undo(back)).toBe(back)
  expect(redo(redo(back)).now).toEqual(two.now)
  const other = step(undo(two), unstage(one.now, ['www']))
  expect(redo(other)).toBe(other)
})

test('what changes nothing is no step', () => {
  const one = step(emptyHistory, stageUpdate(nothingStaged, www, values))
  expect(step(one, stageUpdate(one.now, www, { ...values }))).toBe(one)
})

test('operations name records absolutely and say only what changes', () => {
  const staged = stageDeletes(
    stageUpdate(stageCreate(nothingStaged, 'new', { ...values, owner: '@' }), www, { ...values, data: www.data }),
    [record('b')],
  )
  expect(operationsOf([...staged.values()], 'example.com.')).toEqual([
    { op: 'create', name: 'example.com.', type: 'A', ttl: 60, data: '192.0.2.9' },
    { op: 'update', record_id: 'www', ttl: 60 },
    { op: 'delete', record_id: 'b' },
  ])
})

test('a fault finds its edit by the number of the operation, or by the name and type it speaks of', () => {
  const edits = [
    ...stageCreate(stageDeletes(nothingStaged, [record('b')]), 'new', { ...values, type: 'CNAME' }).values(),
  ]
  const fields = [{ path: 'operations.1.data', message: 'Not a name.' }]
  expect([...faultsByEdit({ message: '', fields }, edits)]).toEqual([['new', 'Not a name.']])
  const message = 'Cannot add CNAME at "www": an A record already exists'
  expect([...faultsByEdit({ message, fields: [{ path: 'data', message }] }, edits).keys()]).toEqual(['new'])
  const refused = { message: 'Not allowed to change b A. You lack records.write.', fields: [] }
  expect([...faultsByEdit(refused, edits).keys()]).toEqual(['b'])
})
