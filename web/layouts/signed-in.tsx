import { type ReactNode, useEffect } from 'react'
import { type Me, MeContext, useSession } from '../session/use-me.ts'
import { leaveViewAs, readViewAs } from '../session/view-as.ts'
import { Button } from '../ui/button.tsx'
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
  if (session.data === null) return readViewAs() === null ? door : <ViewEnded />
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

/** A view ends by itself; the tab that it was in says so instead of asking for a password. */
function ViewEnded() {
  const leave = () => {
    leaveViewAs()
    window.close()
    window.location.assign('/')
  }
  return (
    <main className="mx-auto grid max-w-md gap-4 px-4 py-24">
      <h1 className="text-xl font-semibold">The view has ended</h1>
      <p className="text-muted">You no longer look at the product as somebody else.</p>
      <div>
        <Button kind="primary" onClick={leave}>
          Back to your own console
        </Button>
      </div>
    </main>
  )
}
