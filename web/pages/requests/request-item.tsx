import type { ItemOf } from '@zoneward/api/types'
import { useSend } from '../../api/use-call.ts'
import { useMe } from '../../session/use-me.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { notify } from '../../ui/toast.tsx'
import { tellPatterns } from '../../words/patterns.ts'
import { withoutIds } from '../../words/plain.ts'
import { requestStates, tellHours, tellRequest } from '../../words/requests.ts'

export type AccessRequest = ItemOf<'access_requests.list'>

/** One request: who, what, how long, why; what became of it; and what the reader may do with it. */
export function RequestItem({ request, onDecide }: { request: AccessRequest; onDecide: () => void }) {
  const staff = useMe().realm === 'staff'
  const { subject, own, state, role, scope, patterns, hours, reason, created_at } = request
  const { word, tone, icon } = requestStates[state]
  return (
    <li className="grid gap-2 rounded-lg border border-line bg-surface p-4">
      <div className="flex items-start justify-between gap-x-3">
        <p className="min-w-0 flex-1 break-words">
          <span className="font-medium">{own ? 'You' : subject.name}</span>{' '}
          <span className="text-muted">{own ? 'ask to' : 'asks to'}</span>{' '}
          <span className="font-medium">{staff ? tellRequest(request) : withoutIds(tellRequest(request))}</span>
        </p>
        <Badge tone={tone} icon={icon}>
          {word}
        </Badge>
      </div>
      <blockquote className="border-l-2 border-line pl-3 break-words whitespace-pre-line">{reason}</blockquote>
      <p className="text-sm text-muted">
        {role} on {scope.name}
        {patterns ? (
          <>
            , only <span className="font-mono">{tellPatterns(patterns)}</span>
          </>
        ) : null}
        {' · '}for {tellHours(hours)} · asked <Time at={created_at} />
      </p>
      <Outcome request={request} />
      <Deeds request={request} onDecide={onDecide} />
    </li>
  )
}

function Outcome({
  request: { state, decided_by, decided_at, comment, ends_at, grant_id },
}: {
  request: AccessRequest
}) {
  if (decided_at === null) return null
  const over = ends_at !== null && Date.parse(ends_at) <= Date.now()
  return (
    <p className="break-words">
      {requestStates[state].word} by {decided_by ?? 'your provider'} <Time at={decided_at} />
      {state === 'granted' && ends_at ? (
        <>
          {grant_id === null ? ', and ended since' : over ? ', ended ' : ', ends '}
          {grant_id === null ? null : <Time at={ends_at} />}
        </>
      ) : null}
      {comment ? `: ${comment}` : '.'}
    </p>
  )
}

function Deeds({ request, onDecide }: { request: AccessRequest; onDecide: () => void }) {
  const withdraw = useSend('access_requests.withdraw')
  if (request.state !== 'pending') return null
  const take = () =>
    withdraw.mutate(
      { params: { access_request_id: request.id } },
      { onSuccess: () => notify('Your request is withdrawn') },
    )
  if (request.own) {
    return (
      <div className="grid gap-2">
        <div>
          <Button icon="undo" writes busy={withdraw.isPending} onClick={take}>
            Withdraw
          </Button>
        </div>
        {withdraw.error ? <Failure fault={withdraw.error} /> : null}
      </div>
    )
  }
  return (
    <div>
      <Button
        kind="primary"
        refusal={request.can_decide ? null : 'You cannot give this: you do not hold it there yourself.'}
        onClick={onDecide}
      >
        Decide
      </Button>
    </div>
  )
}
