import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Edit, type Mistake, mistakes } from './mistakes.ts'

// Each mistake is put back once into a copy of this folder, and tests have to fail there.

const core = join(import.meta.dirname, '..')
const long = process.env['ZONEWARD_LONG'] !== undefined
const textOf = (file: string) => readFileSync(join(core, file), 'utf8')

test.each(mistakes)('what is cut out for "$mistake" is there once', ({ edits, found }) => {
  for (const { file, search } of edits) expect(textOf(file).split(search)).toHaveLength(2)
  for (const [file, title] of found) expect(textOf(file)).toContain(title)
})

describe.runIf(long)('a mistake that is put back is found', () => {
  let copy = ''

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'mistakes-'))
    const left = /node_modules|\.stryker-tmp|reports|mistakes/
    cpSync(core, join(copy, 'permissions'), { recursive: true, filter: (path) => !left.test(path.slice(core.length)) })
    symlinkSync(modulesAbove(core), join(copy, 'node_modules'))
    writeFileSync(join(copy, 'vitest.config.mjs'), 'export default {}\n')
  })

  afterAll(() => {
    rmSync(copy, { recursive: true, force: true })
  })

  test('and without any of them the copy passes', () => {
    expect(failedTitles(copy, [...new Set(mistakes.flatMap(filesOf))])).toEqual([])
  }, 300_000)

  test.each(mistakes)(
    '$mistake',
    (each) => {
      const failed = withEdits(copy, each.edits, () => failedTitles(copy, filesOf(each)))
      const missed = each.found.filter(([, title]) => !failed.some((name) => name.includes(title)))
      expect(missed).toEqual([])
    },
    300_000,
  )
})

function filesOf({ found }: Mistake): string[] {
  return [...new Set(found.map(([file]) => file))]
}

function modulesAbove(folder: string): string {
  const here = join(folder, 'node_modules')
  return existsSync(join(here, 'vitest')) ? here : modulesAbove(dirname(folder))
}

function withEdits(copy: string, edits: readonly Edit[], run: () => string[]): string[] {
  const before = edits.map(({ file }) => [join(copy, 'permissions', file), textOf(file)] as const)
  for (const { file, search, replace } of edits) {
    const path = join(copy, 'permissions', file)
    const text = readFileSync(path, 'utf8')
    writeFileSync(
      path,
      text.replace(search, () => replace),
    )
  }
  try {
    return run()
  } finally {
    for (const [path, text] of before) writeFileSync(path, text)
  }
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

function failedTitles(copy: string, files: readonly string[]): string[] {
  const report = join(copy, 'report.json')
  rmSync(report, { force: true })
  const { ZONEWARD_LONG: _, ...env } = process.env
  const program = join(copy, 'node_modules', 'vitest', 'vitest.mjs')
  const paths = files.map((file) => join('permissions', file))
  const given = ['run', '--root', copy, '--reporter=json', `--outputFile=${report}`, ...paths]
  const run = spawnSync(process.execPath, [program, ...given], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...env, ZONEWARD_CASES: '2000', ZONEWARD_SEED: '7', VITEST: undefined, NODE_ENV: undefined },
  })
  if (!existsSync(report)) throw new Error(`The tests did not run: ${run.stdout}${run.stderr}`)
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
  const results = testResults.flatMap((file) => file.assertionResults)
  expect(results.length).toBeGreaterThan(0)
  return results.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName)
}
