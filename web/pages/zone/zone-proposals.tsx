import { usePages } from '../../api/use-call.ts'
import { ProposalList } from '../proposals/proposal-list.tsx'
import { useZone } from './use-zone.ts'

/** What waits for approval in this zone, above its history. */
export function ZoneProposals() {
  const zone = useZone()
  const proposals = usePages('proposals.list', { query: { zone_id: zone.id, state: 'open' } })
  if (proposals.items.length === 0) return null
  return (
    <section aria-label="Waiting for approval" className="grid gap-2">
      <h2 className="font-semibold">Waiting for approval</h2>
      <ProposalList label="Waiting for approval" proposals={proposals.items} withZone={false} />
    </section>
  )
}
