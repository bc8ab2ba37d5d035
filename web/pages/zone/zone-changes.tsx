import { usePages } from '../../api/use-call.ts'
import { useAddress } from '../../session/use-address.ts'
import { Button } from '../../ui/button.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { ChangeItem } from './change-item.tsx'
import { useZone } from './use-zone.ts'
import { ZoneProposals } from './zone-proposals.tsx'

/** The history of a zone: who changed what, when and why, and a way back. */
export function ZoneChanges() {
  return (
    <>
      <ZoneProposals />
      <History />
    </>
  )
}

function History() {
  const zone = useZone()
  const [{ change }, go] = useAddress()
  const changes = usePages('changes.list', { params: { zone_id: zone.id }, query: {} })
  return (
    <Loaded query={changes}>
      {() =>
        changes.items.length > 0 ? (
          <>
            <ol aria-label="Changes" className="divide-y divide-line rounded-lg border border-line bg-surface">
              {changes.items.map((item) => (
                <ChangeItem
                  key={item.id}
                  change={item}
                  open={item.id === change}
                  onToggle={() => go({ change: item.id === change ? undefined : item.id })}
                />
              ))}
            </ol>
            {changes.hasNextPage ? (
              <Button
                kind="quiet"
                icon="down"
                busy={changes.isFetchingNextPage}
                onClick={() => void changes.fetchNextPage()}
              >
                Show more
              </Button>
            ) : null}
          </>
        ) : (
          <Empty icon="clock" title="No changes yet">
            Every change appears here with who made it, and can be reverted.
          </Empty>
        )
      }
    </Loaded>
  )
}
