import { type ReactNode, useEffect } from 'react'
import { type Me, MeContext, useSession } from '../session/use-me.ts'
import { Failure, Skeleton } from '../ui/states.tsx'

type SignedInProps = {
  layout: 'console' | 'portal'
  /** Shown in place, at whatever address: after signing in the page asked for appears. */
  door: ReactNode
  children: (me: Me) => ReactNode
}

export function SignedIn({ layout, door, children }: SignedInProps) {
  const session = useSession()
  useEffect(() => {
    document.documentElement.dataset['layout'] = layout
  }, [layout])
  if (session.data) return <MeContext value={session.data}>{children(session.data)}</MeContext>
  if (session.data === null) return door
  return (
    <main className="mx-auto grid max-w-md gap-4 px-4 py-24">
      <h1 className="text-xl font-semibold">Zoneward</h1>
      {session.error ? (
        <Failure fault={session.error} onRetry={() => void session.refetch()} />
      ) : (
        <Skeleton lines={3} />
      )}
    </main>
  )
}
