export type CellAt = { row: number; column: number }

type Key = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean }

/** Where a key leads in a grid of cells; null for keys that are not the grid's. Nothing wraps around. */
export function moveIn(event: Key, at: CellAt, rows: number, columns: number): CellAt | null {
  if (event.altKey || event.metaKey) return null
  const far = event.ctrlKey
  const go = (row: number, column: number): CellAt => ({
    row: Math.min(Math.max(row, 0), Math.max(0, rows - 1)),
    column: Math.min(Math.max(column, 0), Math.max(0, columns - 1)),
  })
  if (event.key === 'ArrowRight') return go(at.row, far ? columns : at.column + 1)
  if (event.key === 'ArrowLeft') return go(at.row, far ? 0 : at.column - 1)
  if (event.key === 'ArrowDown') return go(far ? rows : at.row + 1, at.column)
  if (event.key === 'ArrowUp') return go(far ? 0 : at.row - 1, at.column)
  if (event.key === 'PageDown') return go(at.row + 10, at.column)
  if (event.key === 'PageUp') return go(at.row - 10, at.column)
  if (event.key === 'Home') return go(far ? 0 : at.row, 0)
  if (event.key === 'End') return go(far ? rows : at.row, columns)
  return null
}
