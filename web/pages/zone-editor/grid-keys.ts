/** What a key does in the grid, from what the focused row is; null for keys that are not the grid's. */
export type GridStep =
  | { do: 'move'; to: number; extend: boolean }
  | { do: 'edit' | 'delete' | 'toggle' | 'all' | 'clear' | 'search' }
  | null

type Key = { key: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean; altKey: boolean }

export function stepOf(event: Key, at: number, count: number, page: number): GridStep {
  const chord = event.ctrlKey || event.metaKey
  if (event.altKey) return null
  const last = Math.max(0, count - 1)
  const move = (to: number): GridStep => ({ do: 'move', to: Math.min(Math.max(to, 0), last), extend: event.shiftKey })
  if (event.key === 'ArrowDown') return move(at + 1)
  if (event.key === 'ArrowUp') return move(at - 1)
  if (event.key === 'PageDown') return move(at + page)
  if (event.key === 'PageUp') return move(at - page)
  if (event.key === 'Home') return move(0)
  if (event.key === 'End') return move(last)
  if (chord) return event.key.toLowerCase() === 'a' ? { do: 'all' } : null
  const plain: Record<string, Exclude<GridStep, null | { do: 'move' }>['do']> = {
    Enter: 'edit',
    F2: 'edit',
    Delete: 'delete',
    ' ': 'toggle',
    Escape: 'clear',
    '/': 'search',
  }
  const found = plain[event.key]
  return found ? { do: found } : null
}
