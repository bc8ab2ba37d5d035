// A statement with a name is parsed and planned once a connection. Only texts that come back get one, and only so many
// of them: every name takes memory in each of PostgreSQL's processes.
export type StatementNames = (text: string) => string | undefined

export function createStatementNames({ after = 3, limit = 400, watched = 4000 } = {}): StatementNames {
  const names = new Map<string, string>()
  let seen = new Map<string, number>()
  return (text) => {
    const known = names.get(text)
    if (known || names.size >= limit) return known
    const times = (seen.get(text) ?? 0) + 1
    if (times < after) {
      if (seen.size >= watched) seen = new Map()
      seen.set(text, times)
      return undefined
    }
    seen.delete(text)
    const name = `zw${names.size}`
    names.set(text, name)
    return name
  }
}
