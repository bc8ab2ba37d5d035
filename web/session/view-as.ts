const slot = 'zoneward-view-as'
const mark = '#view-as='

/**
 * Looking as somebody else belongs to one tab: the tab is opened with the id behind the #, keeps it in its own storage
 * and sends it with every request. Other tabs stay who they are.
 */
export function adoptViewAs() {
  const { hash, pathname, search } = window.location
  if (!hash.startsWith(mark)) return
  sessionStorage.setItem(slot, decodeURIComponent(hash.slice(mark.length)))
  window.history.replaceState(null, '', `${pathname}${search}`)
}

/** What this tab looks as, if it does. */
export function readViewAs(): string | null {
  return globalThis.sessionStorage?.getItem(slot) ?? null
}

/** From here on the tab is its own person again. */
export function leaveViewAs() {
  sessionStorage.removeItem(slot)
}

/** The address that opens a tab as somebody: their portal, or the console. */
export function viewAsAddress(portal: string | null, id: string): string {
  return `${portal === null ? '/' : `/portal/${encodeURIComponent(portal)}`}${mark}${encodeURIComponent(id)}`
}
