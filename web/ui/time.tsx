import { useSyncExternalStore } from 'react'
import { tellDistance, tellMoment } from '../words/times.ts'

let ticks = 0

/** One clock for every time on the page, so that a thousand rows do not tick apart. */
function listen(changed: () => void) {
  const timer = setInterval(() => {
    ticks += 1
    changed()
  }, 30_000)
  return () => clearInterval(timer)
}

/** A relative time with the exact one on hover. */
export function Time({ at }: { at: string }) {
  useSyncExternalStore(listen, () => ticks)
  return (
    <time dateTime={at} title={tellMoment(at)} className="whitespace-nowrap">
      {tellDistance(at, Date.now())}
    </time>
  )
}
