import type { BodyOf } from '@zoneward/api/types'
import { useCall } from '../api/use-call.ts'
import { tellWhoCanGive } from '../words/refusal.ts'

type Resource = BodyOf<'access.explain'>['resource']

/**
 * The sentence for a button that this person may not use: null where it may, or why not and who can give it.
 * The server is asked for the reason only when there is one to tell.
 */
export function useRefusal(can: Record<string, boolean>, permission: string, resource: Resource): string | null {
  const refused = can[permission] !== true
  const explained = useCall(
    'access.explain',
    { body: { permission, resource } },
    { enabled: refused, staleTime: 30_000 },
  )
  if (!refused) return null
  if (!explained.data || explained.data.allowed) return `This needs the permission ${permission}.`
  return [explained.data.sentence, tellWhoCanGive(explained.data.who_can_give)].filter(Boolean).join(' ')
}
