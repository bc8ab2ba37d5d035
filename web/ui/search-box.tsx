import { useEffect, useRef, useState } from 'react'
import { Icon } from './icons.tsx'

type SearchBoxProps = { label: string; value: string; onChange: (value: string) => void }

/** Searches a moment after the last letter; `/` brings the focus here from anywhere on the page. */
export function SearchBox({ label, value, onChange }: SearchBoxProps) {
  const [text, setText] = useState(value)
  const input = useRef<HTMLInputElement>(null)
  const change = useRef(onChange)
  change.current = onChange
  // The address answers late; only what came from elsewhere may replace what is being typed.
  const sent = useRef(value)
  useEffect(() => {
    if (value !== sent.current) setText(value)
    sent.current = value
  }, [value])
  useEffect(() => {
    if (text === value) return
    const timer = setTimeout(() => {
      sent.current = text
      change.current(text)
    }, 250)
    return () => clearTimeout(timer)
  }, [text, value])
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isWriting(event.target)) return
      event.preventDefault()
      input.current?.focus()
    }
    document.addEventListener('keydown', focus)
    return () => document.removeEventListener('keydown', focus)
  }, [])
  return (
    <div className="relative min-w-0 flex-1 basis-full sm:max-w-xs sm:basis-auto">
      <Icon
        name="search"
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted"
      />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="min-h-9 w-full rounded-md border border-edge bg-surface py-1.5 pr-2 pl-8"
      />
    </div>
  )
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable=true], [role=grid]') !== null
  )
}
