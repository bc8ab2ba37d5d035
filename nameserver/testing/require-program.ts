import { existsSync } from 'node:fs'

/** Is the program missing, so that its tests are to be skipped by name? With CI=true that is an error. */
export function isMissing(path: string, debianPackage: string): boolean {
  if (existsSync(path)) return false
  if (process.env['CI'] === 'true') throw new Error(`${path} is missing: install the Debian package ${debianPackage}`)
  return true
}
