import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder, for this user's eyes only, where it is missing: null, or why it cannot be had. Step by step, since
 * Node's own recursive mkdir never returns below a folder that takes none, such as /proc.
 */
export function ensureFolder(path: string): string | null {
  try {
    makeMissing(path)
    if (!statSync(path).isDirectory()) return 'this is a file, not a folder'
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function makeMissing(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })) return
  if (dirname(path) !== path) makeMissing(dirname(path))
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    // Another server may have made it meanwhile.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}
