import { existsSync } from 'node:fs'
import { test } from 'vitest'

const packages: Record<string, string> = (
  await import(String(new URL('../scripts/debian-packages.mjs', import.meta.url)))
).debianPackages

type DeclareTest = (title: string, fn: () => unknown, timeout?: number) => void

/**
 * Declares tests that start programs of Debian: `needs('/usr/bin/dig')('dig sees the record', async () => …)`. Where one
 * is missing the test is skipped and its name says why; with CI=true it fails instead.
 */
export function needs(...programs: string[]): DeclareTest {
  const missing = programs.filter((program) => !existsSync(program))
  if (missing.length === 0) return (title, fn, timeout) => test(title, fn, timeout)
  const reason = `needs ${missing.map((program) => `${program} of the package ${packages[program] ?? '?'}`).join(', ')}`
  if (process.env['CI'] !== 'true') return (title) => test.skip(`${title} (skipped: ${reason})`)
  return (title) =>
    test(title, () => {
      throw new Error(`This test ${reason}, and with CI=true nothing is skipped.`)
    })
}
