import { useCall } from '../api/use-call.ts'
import { holds, useMe } from '../session/use-me.ts'

const most = 20

/** How many requests wait for the reader, beside the place in the menu; nothing where none do. */
export function WaitingCount() {
  const me = useMe()
  const requests = useCall(
    'access_requests.list',
    { query: { view: 'to_decide', limit: most } },
    { enabled: holds(me, 'grants.manage') && me.view_as === null, staleTime: 60_000 },
  )
  const waiting = requests.data?.items.filter(({ state }) => state === 'pending').length ?? 0
  if (waiting === 0) return null
  const more = requests.data?.next ? '+' : ''
  return (
    <span className="ml-auto rounded-full bg-accent px-1.5 text-sm font-medium text-accent-ink">
      {waiting}
      {more}
      <span className="sr-only"> waiting for you</span>
    </span>
  )
}
