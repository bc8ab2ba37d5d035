import { useState } from 'react'
import { useSend } from '../../api/use-call.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/states.tsx'
import { notify } from '../../ui/toast.tsx'
import type { Detail } from './proposal-detail.tsx'
import { RejectProposal } from './reject-proposal.tsx'

/** Approve, reject with a reason, or withdraw: what the reader can do with an open proposal. */
export function ProposalDeeds({ proposal }: { proposal: Detail }) {
  const [rejecting, setRejecting] = useState(false)
  const approve = useSend('proposals.approve')
  const withdraw = useSend('proposals.withdraw')
  const { can, applies, obstacles, id, zone } = proposal
  const params = { proposal_id: id }
  if (proposal.state !== 'open' || !(can.approve || can.reject || can.withdraw)) return null
  const fault = approve.error ?? withdraw.error
  const why = applies ? null : (obstacles[0] ?? 'It no longer fits the zone as it is now.')
  return (
    <div className="grid gap-3">
      {fault ? <Failure fault={fault} /> : null}
      <div className="flex flex-wrap justify-end gap-2">
        {can.withdraw ? (
          <Button
            kind="danger"
            busy={withdraw.isPending}
            onClick={() => withdraw.mutate({ params }, { onSuccess: () => notify('The proposal was withdrawn') })}
          >
            Withdraw
          </Button>
        ) : null}
        {can.reject ? (
          <Button kind="danger" icon="cross" onClick={() => setRejecting(true)}>
            Reject
          </Button>
        ) : null}
        {can.approve ? (
          <Button
            kind="primary"
            icon="check"
            busy={approve.isPending}
            refusal={why}
            onClick={() =>
              approve.mutate(
                { params, body: {} },
                { onSuccess: () => notify(`Approved, and published in ${zone.name}`) },
              )
            }
          >
            Approve and publish
          </Button>
        ) : null}
      </div>
      {rejecting ? <RejectProposal id={id} onClose={() => setRejecting(false)} /> : null}
    </div>
  )
}
