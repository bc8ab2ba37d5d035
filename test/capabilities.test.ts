import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

// docs/capabilities.md says in words what the product can do; the titles of tests carry the same ids. Neither may run ahead.

const root = join(import.meta.dirname, '..')

test('every capability of the documentation is shown by a test, and every one shown is documented', () => {
  const documented = [
    ...readFileSync(join(root, 'docs/capabilities.md'), 'utf8').matchAll(/^- ((?:S\d|X)-\d+) /gm),
  ].map((match) => match[1] ?? '')
  const tests = execFileSync('git', ['-C', root, 'ls-files', '-co', '--exclude-standard', '*.test.ts'], {
    encoding: 'utf8',
  })
    .split('\n')
    .filter(Boolean)
  const carried = new Set(
    tests.flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/\[((?:S\d|X)-\d+(?:\s*,\s*(?:S\d|X)-\d+)*)\]/g)].flatMap(
        (match) => (match[1] ?? '').split(/\s*,\s*/),
      ),
    ),
  )
  expect([...carried].sort()).toEqual([...documented].sort())
})
