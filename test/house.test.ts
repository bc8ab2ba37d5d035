import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

// The rules of the house, executed: which package may import which, how features keep apart, how long files are.

const root = join(import.meta.dirname, '..')
const files = execFileSync('git', ['-C', root, 'ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)))
const code = files.filter((file) => /\.(ts|tsx|mjs)$/.test(file))
// Fixtures and slow oracles: only tests import them.
const isForTests = (file: string) => /\.test\.|\/testing\/|\/oracle\//.test(file)
const sources = code.filter((file) => !isForTests(file))

const arrows: Record<string, string[]> = {
  permissions: [],
  dns: [],
  nameserver: ['dns'],
  api: ['permissions', 'dns'],
  server: ['permissions', 'dns', 'nameserver', 'api'],
  web: ['api', 'permissions', 'dns'],
  cli: ['api', 'dns'],
}

const text = (file: string) => readFileSync(join(root, file), 'utf8')

function importsOf(file: string): string[] {
  const found = text(file).matchAll(
    /(?:^|\n)(?:import|export)\s(?:[\w*{][^'"=;]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g,
  )
  return [...found].map((match) => match[1] ?? match[2] ?? '')
}

/** The package that an import reaches: by its name, or by a path that leaves the folder. */
function packageOf(file: string, specifier: string): string | null {
  const named = /^@zoneward\/([^/]+)/.exec(specifier)
  if (named) return named[1] ?? null
  if (!specifier.startsWith('.')) return null
  return relative(root, join(root, dirname(file), specifier)).split('/')[0] ?? null
}

describe('the arrows between packages', () => {
  test.each(Object.entries(arrows))('%s imports only what its arrow allows', (name, allowed) => {
    const wrong = code
      .filter((file) => file.startsWith(`${name}/`))
      .flatMap((file) => importsOf(file).map((specifier) => ({ file, specifier, to: packageOf(file, specifier) })))
      .filter(
        ({ file, to }) => to !== null && to !== name && !allowed.includes(to) && !(isForTests(file) && to === 'test'),
      )
      .map(({ file, specifier }) => `${file} imports ${specifier}`)
    expect(wrong).toEqual([])
  })

  test.each(['permissions', 'dns'])('%s is pure: no Node module, no other package', (name) => {
    const wrong = sources
      .filter((file) => file.startsWith(`${name}/`))
      .flatMap((file) =>
        importsOf(file)
          .filter((specifier) => !specifier.startsWith('.'))
          .map((specifier) => `${file} imports ${specifier}`),
      )
    expect(wrong).toEqual([])
  })
})

describe('features of the server', () => {
  test('never import another feature’s store or routes', () => {
    const wrong = code
      .filter((file) => file.startsWith('server/') && file !== 'server/handlers.ts')
      .flatMap((file) => importsOf(file).map((specifier) => ({ file, target: join(dirname(file), specifier) })))
      .filter(
        ({ file, target }) =>
          /\/(store|routes)\.ts$/.test(target) &&
          dirname(target) !== dirname(file) &&
          !target.startsWith('server/http/'),
      )
      .map(({ file, target }) => `${file} imports ${target}`)
    expect(wrong).toEqual([])
  })

  test('call the append of the audit log in one place', () => {
    const callers = sources.filter((file) => file.startsWith('server/') && /\bappend_audit\(/.test(text(file)))
    expect(callers.length).toBeLessThanOrEqual(1)
  })
})

describe('files', () => {
  // Tables of data are exempt: they are read down, not through.
  const tables =
    /(permissions\/(permissions|role-sets\/.*)|dns\/rdata\/.*types?.*|api\/(paths|schemas\/.*|operations\/.*))\.ts$/

  test('are at most 250 lines long, tests 400', () => {
    const long = code
      .filter((file) => !tables.test(file))
      .map((file) => ({ file, lines: text(file).split('\n').length - 1 }))
      .filter(({ file, lines }) => lines > (/\.test\./.test(file) ? 400 : 250))
      .map(({ file, lines }) => `${file}: ${lines}`)
    expect(long).toEqual([])
  })

  test('are named in kebab-case, and never after nothing in particular', () => {
    const wrong = code.filter((file) => {
      const name = basename(file)
      return !/^[a-z0-9][a-z0-9.-]*$/.test(name) || /^(utils?|helpers?|manager|service|common|misc)\./.test(name)
    })
    expect(wrong).toEqual([])
  })

  test('have index.ts only at the root of a package', () => {
    expect(files.filter((file) => /\/index\.tsx?$/.test(file) && file.split('/').length > 2)).toEqual([])
  })

  test('speak of this project only: no path of a machine, no registry, nothing unfinished', () => {
    const words = [/\/work\//, /registry\.npmjs/, /\bTODO\b/, /\bFIXME\b/, /\.(skip|only|todo)\(/]
    const wrong = files
      .filter(
        (file) =>
          /\.(ts|tsx|mjs|md|json|sql|yml)$/.test(file) &&
          !['test/house.test.ts', 'test/debian.ts', 'package-lock.json'].includes(file),
      )
      .flatMap((file) => words.filter((word) => word.test(text(file))).map((word) => `${file}: ${word}`))
    expect(wrong).toEqual([])
  })
})
