import { expect, test } from 'vitest'
import { printKept, readKept } from './keep-staged.ts'
import { insist, rebase, settle } from './rebase.ts'
import type { ZoneRecord } from './record.ts'
import { nothingStaged, stageCreate, stageDeletes, stageUpdate } from './staging.ts'

const record = (id: string, data = '192.0.2.1', owner = id): ZoneRecord => ({
  id,
  owner,
  name: owner === '@' ? 'example.com' : `${owner}.example.com`,
  type: 'A',
  ttl: 300,
  data,
  protected: false,
  changed_at: '2026-11-21T12:00:00Z',
  changed_by: { id: null, name: 'Anna' },
  change_id: 'c',
})
const values = (owner: string, data: string) => ({ owner, type: 'A', ttl: 300, data })
const mine = stageUpdate(nothingStaged, record('a'), values('a', '192.0.2.5'))

test('an edit on a record that did not change still fits', () => {
  const { staged, clashes } = rebase(mine, [record('a'), record('z', '192.0.2.77')])
  expect(staged).toEqual(mine)
  expect(clashes).toEqual([])
})

test('an edit on a record that somebody changed waits for a decision', () => {
  const now = record('a', '192.0.2.66')
  const { staged, clashes } = rebase(mine, [now])
  expect(staged.size).toBe(0)
  expect(clashes).toEqual([{ edit: mine.get('a'), now }])
})

test('an edit on a record that is gone waits; deleting it again is done already', () => {
  expect(rebase(mine, []).clashes).toMatchObject([{ now: null }])
  const gone = rebase(stageDeletes(nothingStaged, [record('a')]), [])
  expect([gone.staged.size, gone.clashes.length]).toEqual([0, 0])
})

test('what somebody else did too is dropped', () => {
  expect(rebase(mine, [record('a', '192.0.2.5')])).toEqual({ staged: new Map(), clashes: [] })
  const added = stageCreate(nothingStaged, 'new', values('b', '192.0.2.2'))
  expect(rebase(added, [record('x', '192.0.2.2', 'B')]).staged.size).toBe(0)
  expect(rebase(added, [record('x', '192.0.2.3', 'b')]).staged.size).toBe(1)
})

test('a record that went and came back is known by what it says', () => {
  const { staged } = rebase(mine, [record('other', '192.0.2.1', 'a')])
  expect([...staged.values()]).toMatchObject([{ op: 'update', id: 'other', values: { data: '192.0.2.5' } }])
})

test('whoever insists edits the record as it is now, or makes it anew', () => {
  const edit = mine.get('a')
  if (!edit) throw new Error('nothing is staged')
  expect(insist({ edit, now: record('a', '192.0.2.66') }, 'n')).toMatchObject({
    op: 'update',
    before: { data: '192.0.2.66' },
  })
  expect(insist({ edit, now: null }, 'n')).toEqual({ op: 'create', id: 'n', values: values('a', '192.0.2.5') })
})

test('after Apply the list shows what was written, new records in DNS order', () => {
  const staged = stageCreate(stageDeletes(mine, [record('c')]), 'new', values('b', '192.0.2.2'))
  const written = { at: '2026-11-22T00:00:00Z', by: 'Tom', changeId: 'd' }
  const rows = settle([record('@'), record('a'), record('c'), record('d')], staged, 'example.com.', written)
  expect(rows.map(({ name, data, changed_by }) => `${name} ${data} ${changed_by.name}`)).toEqual([
    'example.com 192.0.2.1 Anna',
    'a.example.com 192.0.2.5 Tom',
    'b.example.com 192.0.2.2 Tom',
    'd.example.com 192.0.2.1 Anna',
  ])
})

test('staged edits go through the storage of the tab unchanged, and other texts are nothing', () => {
  const kept = { serial: 7, staged: mine, clashes: [] }
  expect(readKept(printKept(kept))).toEqual(kept)
  expect(printKept({ serial: 7, staged: new Map(), clashes: [] })).toBeNull()
  expect([readKept('{'), readKept('{"serial":1}'), readKept(null)]).toEqual([null, null, null])
})
