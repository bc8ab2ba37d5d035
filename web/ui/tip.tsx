import type { ReactNode } from 'react'

/** A short explanation on hover and focus; whoever listens instead gets the same words through aria-describedby. */
export function Tip({ text, children }: { text: string; children: ReactNode }) {
  return (
    <span className="group/tip relative inline-flex">
      {children}
      <span
        aria-hidden="true"
        className="absolute top-full right-0 z-40 mt-1.5 hidden w-max max-w-72 max-sm:fixed max-sm:inset-x-3 max-sm:top-auto max-sm:bottom-3 max-sm:w-auto max-sm:max-w-none rounded-md border border-line bg-raised px-3 py-2 text-left text-sm font-normal whitespace-normal text-ink shadow-lg group-focus-within/tip:block group-hover/tip:block"
      >
        {text}
      </span>
    </span>
  )
}
