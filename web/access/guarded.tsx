import type { BodyOf } from '@zoneward/api/types'
import type { ReactNode } from 'react'
import { Ask } from './ask.tsx'
import { useAskable } from './use-refusal.ts'

type GuardedProps = {
  /** What this person may do with the thing, as the server told with it. */
  can: Record<string, boolean>
  permission: string
  resource: BodyOf<'access.explain'>['resource']
  /** The button, given why it may not be used: never just gone. */
  children: (refusal: string | null) => ReactNode
}

/** A button that needs a permission: where that is missing it says why, who can give it, and offers to ask. */
export function Guarded({ can, permission, resource, children }: GuardedProps) {
  const refusal = useAskable(can, permission, resource)
  if (refusal === null) return children(null)
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      {children(refusal.reason)}
      {refusal.want ? <Ask want={refusal.want} /> : null}
    </span>
  )
}
