import { useEffect, useRef } from 'react'

type Shortcuts = { add: () => void; undo: () => void; redo: () => void }

/** `n` adds, Ctrl or ⌘ Z takes back and Shift Z brings again; not while somebody writes or a dialog is open. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isElsewhere(event.target)) return
      const chord = event.ctrlKey || event.metaKey
      const key = event.key.toLowerCase()
      const found =
        chord && key === 'z'
          ? event.shiftKey
            ? latest.current.redo
            : latest.current.undo
          : chord && key === 'y'
            ? latest.current.redo
            : !chord && !event.altKey && key === 'n'
              ? latest.current.add
              : null
      if (!found) return
      event.preventDefault()
      found()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}

function isElsewhere(target: EventTarget | null): boolean {
  if (document.querySelector('[role=dialog]')) return true
  if (!(target instanceof HTMLElement)) return false
  return target.closest('input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=menu]') !== null
}
