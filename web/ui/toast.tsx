import { useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { IconButton } from './button.tsx'
import { Icon } from './icons.tsx'

type Note = { id: number; text: string; bad: boolean }

let notes: Note[] = []
let last = 0
const listeners = new Set<() => void>()

function publish(next: Note[]) {
  notes = next
  for (const listener of listeners) listener()
}

/** One line about what has just been done: `notify('Invitation sent to …')`. */
export function notify(text: string, bad = false) {
  last += 1
  const id = last
  publish([...notes.slice(-2), { id, text, bad }])
  if (!bad) setTimeout(() => dismiss(id), 6000)
}

function dismiss(id: number) {
  publish(notes.filter((note) => note.id !== id))
}

function listen(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function Toasts() {
  const shown = useSyncExternalStore(listen, () => notes)
  // Beside the dialogs, so that a word about what was done is not dimmed by one; above the bars that stick to the bottom.
  return createPortal(
    <div role="status" className="pointer-events-none fixed inset-x-3 bottom-20 z-[60] grid justify-items-center gap-2">
      {shown.map((note) => (
        <div
          key={note.id}
          className="pointer-events-auto flex max-w-lg items-center gap-2.5 rounded-lg border border-line bg-raised py-1 pr-1 pl-3 text-ink shadow-lg"
        >
          <Icon name={note.bad ? 'alert' : 'check'} className={`size-4 ${note.bad ? 'text-bad' : 'text-good'}`} />
          <span className="min-w-0 break-words">{note.text}</span>
          <IconButton icon="cross" label="Dismiss" onClick={() => dismiss(note.id)} />
        </div>
      ))}
    </div>,
    document.body,
  )
}
