import type { BodyOf } from '@zoneward/api/types'
import { useCall } from '../api/use-call.ts'
import { readOnlyReason, useMe } from '../session/use-me.ts'
import { withoutIds } from '../words/plain.ts'
import { tellWhoCanGive } from '../words/refusal.ts'
import type { Want } from './ask.tsx'

type Resource = BodyOf<'access.explain'>['resource']
type Refusal = { reason: string /** What can be asked for; null where no grant would help. */; want: Want | null }

/**
 * The sentence for a button that this person may not use: null where it may, or why not and who can give it.
 * The server is asked for the reason only when there is one to tell.
 */
export function useRefusal(can: Record<string, boolean>, permission: string, resource: Resource): string | null {
  return useAskable(can, permission, resource)?.reason ?? null
}

/** The same, with what would have to be asked for. */
export function useAskable(can: Record<string, boolean>, permission: string, resource: Resource): Refusal | null {
  const refused = can[permission] !== true
  const me = useMe()
  const looking = readOnlyReason(me)
  const explained = useCall(
    'access.explain',
    { body: { permission, resource } },
    { enabled: refused && looking === null && resource.id !== '', staleTime: 30_000 },
  )
  if (!refused) return null
  if (looking !== null) return { reason: looking, want: null }
  if (!explained.data || explained.data.allowed) {
    const reason = me.realm === 'staff' ? `This needs the permission ${permission}.` : 'You may not do this here.'
    return { reason, want: null }
  }
  const { sentence, who_can_give, smallest_grant } = explained.data
  const reason = [me.realm === 'staff' ? sentence : withoutIds(sentence), tellWhoCanGive(who_can_give)]
    .filter(Boolean)
    .join(' ')
  return { reason, want: smallest_grant ? { permission, resource } : null }
}
