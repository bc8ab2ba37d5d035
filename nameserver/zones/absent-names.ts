/** The names known to be no apex of a served zone, as many as `limit`; the oldest are forgotten first. */
export type AbsentNames = {
  has(key: string): boolean
  add(key: string): void
  remove(key: string): void
  clear(): void
}

export function createAbsentNames(limit: number): AbsentNames {
  const names = new Set<string>()
  return {
    has: (key) => names.has(key),
    add(key) {
      if (names.has(key)) return
      for (const oldest of names) {
        if (names.size < limit) break
        names.delete(oldest)
      }
      names.add(key)
    },
    remove: (key) => void names.delete(key),
    clear: () => names.clear(),
  }
}
