import type { Clash } from './rebase.ts'
import type { Edit, Staged } from './staging.ts'

/** What waits in this tab: the edits, the serial they were made on, and those that clash with what came since. */
export type Kept = { serial: number; staged: Staged; clashes: readonly Clash[] }

/** Reads what waits; null for nothing, or for what no longer reads as edits. */
export function readKept(text: string | null): Kept | null {
  if (text === null) return null
  try {
    const { serial, edits, clashes } = JSON.parse(text) as { serial: number; edits: Edit[]; clashes: Clash[] }
    if (typeof serial !== 'number' || !Array.isArray(edits) || !Array.isArray(clashes)) return null
    return { serial, staged: new Map(edits.map((edit) => [edit.id, edit])), clashes }
  } catch {
    return null
  }
}

export function printKept({ serial, staged, clashes }: Kept): string | null {
  if (staged.size === 0 && clashes.length === 0) return null
  return JSON.stringify({ serial, edits: [...staged.values()], clashes })
}

/** The tab's own storage, which may be full or forbidden; edits then live as long as the page. */
export function loadKept(key: string): Kept | null {
  try {
    return readKept(sessionStorage.getItem(key))
  } catch {
    return null
  }
}

export function saveKept(key: string, kept: Kept): void {
  try {
    const text = printKept(kept)
    if (text === null) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, text)
  } catch {
    // Nothing else depends on it.
  }
}
