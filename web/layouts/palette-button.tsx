import { lazy, Suspense, useEffect, useState } from 'react'
import { Icon } from '../ui/icons.tsx'
import type { Section } from './menus.ts'

// The palette is no part of the first load; it comes when the page has come to rest, before anybody types.
const load = () => import('./palette.tsx').then((part) => ({ default: part.Palette }))
const Palette = lazy(load)

export function PaletteButton({ sections }: { sections: Section[] }) {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => null), 1500)
    return () => clearTimeout(timer)
  }, [])
  useEffect(() => {
    const toggle = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      setOpen((was) => !was)
    }
    document.addEventListener('keydown', toggle)
    return () => document.removeEventListener('keydown', toggle)
  }, [])
  return (
    <>
      <button
        type="button"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setOpen(true)}
        className="flex min-h-9 items-center gap-2 rounded-md border border-line px-2.5 text-muted hover:bg-hover"
      >
        <Icon name="search" />
        <span className="sr-only sm:not-sr-only">Go to or do</span>
        <kbd className="hidden rounded border border-line px-1 font-sans text-xs sm:inline">Ctrl K</kbd>
      </button>
      {open ? (
        <Suspense fallback={null}>
          <Palette sections={sections} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
