import { useQuery } from '@tanstack/react-query'
import type { AnswerOf } from '@zoneward/api/types'
import { createContext, useContext } from 'react'
import { call } from '../api/call.ts'
import { asFault, type Fault } from '../api/fault.ts'
import { scopeKey } from '../api/use-call.ts'

export type Me = AnswerOf<'me.read'>

/** Who looks at this page: null when nobody is signed in here. */
export function useSession() {
  return useQuery<Me | null, Fault>({
    queryKey: [scopeKey(), 'me.read', {}],
    queryFn: async ({ signal }) => {
      try {
        const me = await call('me.read', {}, { signal })
        // A client's session is nobody in the console, and the other way round; the server serves scripts without pages.
        return me.realm === (scopeKey() === '' ? 'staff' : 'client') ? me : null
      } catch (error) {
        if (asFault(error).code === 'unauthenticated') return null
        throw error
      }
    },
    staleTime: 2_000,
  })
}

export const MeContext = createContext<Me | null>(null)

/** The signed-in person, on every page inside a layout. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('useMe stands outside a layout that signs in')
  return me
}

/** Why nothing can be changed in a tab that looks as somebody else; null in every other. */
export function readOnlyReason({ view_as }: Me): string | null {
  return view_as === null
    ? null
    : `${view_as.viewer} looks as ${view_as.subject}: everything can be read, nothing changed.`
}

/** The same, also where nobody is signed in: a door, the page of a guest. */
export function useReadOnly(): string | null {
  const me = useContext(MeContext)
  return me && readOnlyReason(me)
}

/** Does this person hold a permission anywhere? Menus ask this; the server decides. */
export function holds(me: Me, ...permissions: string[]): boolean {
  return permissions.some((permission) => (me.permissions[permission]?.length ?? 0) > 0)
}
