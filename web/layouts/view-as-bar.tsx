import { useState } from 'react'
import { call } from '../api/call.ts'
import { readOnlyReason, useMe } from '../session/use-me.ts'
import { leaveViewAs, readViewAs } from '../session/view-as.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'
import { Time } from '../ui/time.tsx'

/** On every page of a tab that looks as somebody else: who looks as whom, until when, and the way out. */
export function ViewAsBar() {
  const me = useMe()
  const { view_as } = me
  if (view_as === null) return null
  return (
    <section
      aria-label="Looking as somebody else"
      className="flex items-center justify-between gap-3 border-b border-warn bg-warn-soft px-3 py-1.5 text-warn sm:px-6"
    >
      <p className="flex min-w-0 items-start gap-2">
        <Icon name="eye" className="mt-0.5 size-4" />
        <span>
          <span className="font-semibold">{readOnlyReason(me)}</span> Ends <Time at={view_as.ends_at} />.
        </span>
      </p>
      <End id={readViewAs()} />
    </section>
  )
}

function End({ id }: { id: string | null }) {
  const [busy, setBusy] = useState(false)
  const end = async () => {
    setBusy(true)
    if (id !== null) await call('view_as.end', { params: { view_as_id: id } }, { asStaff: true }).catch(() => null)
    leaveViewAs()
    window.close()
    // A tab that no page opened cannot close itself: it becomes its own person again.
    window.location.assign('/')
  }
  return (
    <Button busy={busy} onClick={() => void end()}>
      End
    </Button>
  )
}
