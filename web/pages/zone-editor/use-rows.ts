import {
  defaultRangeExtractor,
  measureElement,
  type Range,
  useVirtualizer,
  useWindowVirtualizer,
} from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useState } from 'react'

type RowsOptions = {
  holder: RefObject<HTMLDivElement | null>
  count: number
  /** In a box of its own; otherwise rows scroll with the page. */
  wide: boolean
  /** Rows that stay drawn wherever the reader scrolls: the focused one and the one being edited. */
  kept: number[]
  /** One function for one list, since another makes every place be counted anew. */
  keyOf: (index: number) => string | number
}

// In rem, so that rows grow with the reader's letters. Plain rows have just this height: a row that differs from the
// estimate makes every place after it be counted anew, which 100,000 rows would feel.
const wideRem = 2.65
const cardHeight = 118
const headHeight = 36

/** Which rows to draw, and where. */
export function useRows({ holder, count, wide, kept, keyOf }: RowsOptions) {
  const [wideHeight] = useState(() => Math.round(wideRem * rootFontSize()))
  const [margin, setMargin] = useState(0)
  useLayoutEffect(() => {
    const box = holder.current?.getBoundingClientRect()
    if (!wide && box) setMargin(Math.round(box.top + window.scrollY))
  }, [holder, wide])
  const common = {
    getItemKey: keyOf,
    overscan: 8,
    rangeExtractor: (range: Range) => withKept(range, kept),
  }
  const inBox = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    ...common,
    count: wide ? count : 0,
    getScrollElement: () => holder.current,
    estimateSize: () => wideHeight,
    measureElement: (row, entry, rows) => (row.dataset['plain'] ? wideHeight : measureElement(row, entry, rows)),
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    enabled: wide,
  })
  const inPage = useWindowVirtualizer<HTMLDivElement>({
    ...common,
    count: wide ? 0 : count,
    estimateSize: () => cardHeight,
    gap: 8,
    overscan: 6,
    scrollMargin: margin,
    enabled: !wide,
  })
  const rows = wide ? inBox : inPage
  return {
    items: rows
      .getVirtualItems()
      .map(({ key, index, start }) => ({ key, index, start: start - (wide ? headHeight : margin) })),
    totalSize: rows.getTotalSize(),
    measure: rows.measureElement,
    /** How high a plain row is; cards are as high as they are. */
    plainHeight: wide ? wideHeight : undefined,
    scrollToIndex: (index: number, options: { align: 'auto' }) => rows.scrollToIndex(index, options),
    pageSize: () => {
      const height = wide ? (holder.current?.clientHeight ?? 600) - headHeight : window.innerHeight
      return Math.max(1, Math.floor(height / (wide ? wideHeight : cardHeight)) - 1)
    },
  }
}

function withKept(range: Range, kept: number[]): number[] {
  const drawn = defaultRangeExtractor(range)
  const more = kept.filter((index) => index >= 0 && index < range.count && !drawn.includes(index))
  return more.length === 0 ? drawn : [...new Set([...drawn, ...more])].sort((a, b) => a - b)
}

function rootFontSize(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
}
