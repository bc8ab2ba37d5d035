import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ensureFolder } from './ensure-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'zoneward-folder-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a folder and what is missing above it is made, for one user', () => {
  const path = join(folder, 'a/b')
  expect([ensureFolder(path), ensureFolder(path)]).toEqual([null, null])
  expect(statSync(path).mode & 0o777).toBe(0o700)
})

test('a file, a place below a file and one where nobody can make any are told apart', () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  expect(ensureFolder(file)).toBe('this is a file, not a folder')
  expect(ensureFolder(join(file, 'below'))).toContain('ENOTDIR')
  expect(ensureFolder('/proc/zoneward')).toContain('ENOENT')
})
