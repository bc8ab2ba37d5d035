import type { ReactNode } from 'react'

/** A cell of the grid. Rows take the focus, cells do not. */
export function Cell({ className, span, children }: { className?: string; span?: number; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: only drawn rows exist, which a table cannot say
    // biome-ignore lint/a11y/useFocusableInteractive: rows take the focus
    <div role="gridcell" aria-colspan={span} className={className}>
      {children}
    </div>
  )
}
