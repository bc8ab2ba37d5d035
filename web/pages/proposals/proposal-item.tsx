import { Badge } from '../../ui/badge.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Time } from '../../ui/time.tsx'
import { type Proposal, proposalSources, stateWords } from '../../words/proposals.ts'
import { ProposalDetail } from './proposal-detail.tsx'

type ProposalItemProps = {
  proposal: Proposal
  /** On the page of a zone its name needs no saying. */
  withZone: boolean
  open: boolean
  onToggle: () => void
}

/** One proposal in a list; opened, its difference and what can be done with it. */
export function ProposalItem({ proposal, withZone, open, onToggle }: ProposalItemProps) {
  const { word, tone, icon } = stateWords[proposal.state]
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        onClick={onToggle}
        className="flex w-full items-start gap-3 px-3 py-2.5 text-left hover:bg-hover"
      >
        <Icon name={open ? 'down' : 'right'} className="mt-1 size-3.5 text-muted" />
        <span className="grid min-w-0 flex-1 gap-0.5 sm:flex sm:flex-wrap sm:items-baseline sm:justify-between sm:gap-x-4">
          <span className="min-w-0 break-words">
            {withZone ? <span className="font-medium break-all">{proposal.zone.name}</span> : null}
            {withZone && proposal.comment ? ' · ' : null}
            {proposal.comment ? <span>{proposal.comment}</span> : null}
            {!withZone && !proposal.comment ? <span className="text-muted">without a comment</span> : null}
          </span>
          <span className="flex flex-wrap items-center gap-x-2 text-muted">
            <Badge tone={tone} icon={icon}>
              {word}
            </Badge>
            <span>{proposal.author.name}</span>
            <span>{proposalSources[proposal.source]}</span>
            <Time at={proposal.created_at} />
          </span>
        </span>
      </button>
      {open ? <ProposalDetail id={proposal.id} /> : null}
    </li>
  )
}
