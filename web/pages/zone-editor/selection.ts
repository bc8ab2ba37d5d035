type Row = { id: string }

/** One row more or less; with a range, every row from the last one selected. */
export function toggled(old: ReadonlySet<string>, id: string, range: boolean, rows: readonly Row[]): Set<string> {
  const last = range ? [...old].at(-1) : undefined
  if (last !== undefined && rows.some((row) => row.id === last)) return new Set([...old, ...between(rows, last, id)])
  const next = new Set(old)
  if (!next.delete(id)) next.add(id)
  return next
}

/** The ids from one row to another, whichever comes first. */
export function between(rows: readonly Row[], from: string | null, to: string): Set<string> {
  const end = rows.findIndex(({ id }) => id === to)
  const start = rows.findIndex(({ id }) => id === from)
  const [low, high] = start < 0 ? [end, end] : start < end ? [start, end] : [end, start]
  return new Set(rows.slice(Math.max(0, low), high + 1).map(({ id }) => id))
}
