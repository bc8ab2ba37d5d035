import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Mistake, mistakes } from './mistakes.ts'

// Each mistake is put back once into a copy of the product, and the run has to fail there.

const root = join(import.meta.dirname, '..', '..')
const long = process.env['ZONEWARD_LONG'] !== undefined
const textOf = ({ file }: Mistake) => readFileSync(join(root, file), 'utf8')

test.each(mistakes)('what is cut out for "$mistake" is there once', (each) => {
  expect(textOf(each).split(each.search)).toHaveLength(2)
})

describe.runIf(long)('a mistake that is put back is found', () => {
  let copy = ''

  beforeAll(() => {
    copy = copyProduct()
  })

  afterAll(() => {
    rmSync(copy, { recursive: true, force: true })
  })

  test('and without any of them the copy passes', () => {
    expect(runIn(copy)).toMatch(/Tests +1 passed/)
  }, 600_000)

  test.each(mistakes)(
    '$mistake',
    (each) => {
      const path = join(copy, each.file)
      const replaced = textOf(each).replace(each.search, () => each.replace)
      writeFileSync(path, replaced)
      try {
        expect(runIn(copy)).toMatch(/Property failed after \d+ tests[\s\S]*AssertionError/)
      } finally {
        writeFileSync(path, textOf(each))
      }
    },
    600_000,
  )
})

const packages = ['api', 'dns', 'nameserver', 'permissions', 'server', 'test']

/** The packages that run, with the modules of this one; its own packages are found in the copy. */
function copyProduct(): string {
  const copy = mkdtempSync(join(tmpdir(), 'agreement-'))
  const left = /node_modules|\.stryker-tmp/
  for (const name of packages) {
    const from = join(root, name)
    cpSync(from, join(copy, name), { recursive: true, filter: (path) => !left.test(path.slice(root.length)) })
  }
  for (const name of ['package.json', 'tsconfig.json', 'vitest.config.ts']) cpSync(join(root, name), join(copy, name))
  mkdirSync(join(copy, 'node_modules', '@zoneward'), { recursive: true })
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name === '@zoneward' || name.startsWith('.vite')) continue
    symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name))
  }
  for (const name of packages) symlinkSync(join(copy, name), join(copy, 'node_modules', '@zoneward', name))
  if (existsSync(join(root, 'web', 'dist')))
    cpSync(join(root, 'web', 'dist'), join(copy, 'web', 'dist'), { recursive: true })
  return copy
}

function runIn(copy: string): string {
  const { ZONEWARD_LONG: _, ...env } = process.env
  const program = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const given = ['run', '--root', copy, '--project', 'product', 'server/agreement/agreement.test.ts']
  const wanted = { ZONEWARD_SEQUENCES: '16', ZONEWARD_TEST_SEED: '11', ZONEWARD_NO_SHRINKING: '1', NO_COLOR: '1' }
  const run = spawnSync(process.execPath, [program, ...given], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...env, ...wanted, VITEST: undefined, NODE_ENV: undefined },
  })
  return `${run.stdout}${run.stderr}`
}
