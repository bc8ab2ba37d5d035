import { usePages } from '../../api/use-call.ts'
import { useAddress } from '../../session/use-address.ts'
import { useMe } from '../../session/use-me.ts'
import { Button } from '../../ui/button.tsx'
import { FilterSelect } from '../../ui/field.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import type { Proposal } from '../../words/proposals.ts'
import { ProposalList } from './proposal-list.tsx'

const states = ['open', 'approved', 'rejected', 'withdrawn'] as const

/** Changes that somebody has to say yes to: those to decide, and one's own. */
export function ChangesPage() {
  const me = useMe()
  const [address, change] = useAddress()
  const state = states.find((one) => one === address['state'])
  const query = address['state'] === 'all' ? {} : { state: state ?? ('open' as const) }
  const proposals = usePages('proposals.list', { query })
  const staff = me.realm === 'staff'
  return (
    <Page
      title={staff ? 'Changes' : 'Proposals'}
      lead={
        staff
          ? 'Changes of records that wait for somebody to approve them, and what became of them.'
          : 'Changes that you proposed, or may decide about. Nothing of it is in force before it is approved.'
      }
    >
      <div className="grid gap-4">
        <div>
          <FilterSelect
            label="State"
            value={address['state'] ?? 'open'}
            onChange={(event) => change({ state: event.target.value === 'open' ? undefined : event.target.value })}
          >
            <option value="open">Waiting</option>
            <option value="approved">Approved</option>
            <option value="rejected">Rejected</option>
            <option value="withdrawn">Withdrawn</option>
            <option value="all">All</option>
          </FilterSelect>
        </div>
        <Loaded query={proposals}>
          {() =>
            proposals.items.length > 0 ? (
              <Groups proposals={proposals.items} />
            ) : (
              <Empty icon="inbox" title={address['state'] ? 'None in this state' : 'Nothing waits'}>
                {staff
                  ? 'Who may not change a record may propose it on the zone’s page; so may a guest with a link. It appears here for whoever may approve.'
                  : 'Where you may not change a record you can propose it, on the page of its zone. What waits appears here.'}
              </Empty>
            )
          }
        </Loaded>
        {proposals.hasNextPage ? (
          <Button
            kind="quiet"
            icon="down"
            busy={proposals.isFetchingNextPage}
            onClick={() => void proposals.fetchNextPage()}
          >
            Show more
          </Button>
        ) : null}
      </div>
    </Page>
  )
}

function Groups({ proposals }: { proposals: Proposal[] }) {
  const me = useMe()
  const decide = proposals.filter(({ can }) => can.approve || can.reject)
  const mine = proposals.filter((each) => !decide.includes(each) && each.author.id === me.user.id)
  const rest = proposals.filter((each) => !decide.includes(each) && !mine.includes(each))
  const groups: [string, Proposal[]][] = [
    ['For you to decide', decide],
    ['Yours', mine],
    ['Others', rest],
  ]
  return groups
    .filter(([, some]) => some.length > 0)
    .map(([title, some]) => (
      <section key={title} aria-label={title} className="grid gap-2">
        <h2 className="font-semibold">{title}</h2>
        <ProposalList label={title} proposals={some} />
      </section>
    ))
}
