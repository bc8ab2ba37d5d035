import { useAddress } from '../../session/use-address.ts'
import type { Proposal } from '../../words/proposals.ts'
import { ProposalItem } from './proposal-item.tsx'

type ProposalListProps = { label: string; proposals: Proposal[]; withZone?: boolean }

/** Proposals, one of them open, kept in the address. */
export function ProposalList({ label, proposals, withZone = true }: ProposalListProps) {
  const [{ proposal }, change] = useAddress()
  return (
    <ol aria-label={label} className="divide-y divide-line rounded-lg border border-line bg-surface">
      {proposals.map((each) => (
        <ProposalItem
          key={each.id}
          proposal={each}
          withZone={withZone}
          open={each.id === proposal}
          onToggle={() => change({ proposal: each.id === proposal ? undefined : each.id })}
        />
      ))}
    </ol>
  )
}
