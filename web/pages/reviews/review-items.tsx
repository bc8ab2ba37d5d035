import type { AnswerOf, ItemOf } from '@zoneward/api/types'
import { useState } from 'react'
import { usePages } from '../../api/use-call.ts'
import { useAddress } from '../../session/use-address.ts'
import { Check, FilterSelect } from '../../ui/field.tsx'
import { ShowMore } from '../../ui/show-more.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { count } from '../../words/times.ts'
import { DecideBar } from './decide-bar.tsx'
import { ReviewItem } from './review-item.tsx'

export type Item = ItemOf<'access_review_items.list'>
export type Review = AnswerOf<'access_reviews.read'>

const filters = [
  ['undecided', 'Not decided yet'],
  ['never_used', 'Never used'],
  ['ends_soon', 'Ends soon'],
  ['more_than_role', 'More than the role'],
  ['all', 'Everything'],
] as const
type Filter = (typeof filters)[number][0]

export function ReviewItems({ review }: { review: Review }) {
  const [address, change] = useAddress()
  const open = review.closed_at === null
  const show = (address['show'] ?? (open ? 'undecided' : 'all')) as Filter
  const params = { access_review_id: review.id }
  const items = usePages('access_review_items.list', { params, query: { show, limit: 100 } })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const choose = (id: string) => setChosen((was) => (was.has(id) ? without(was, id) : new Set([...was, id])))
  // Only what is in view can be chosen: nobody decides what they no longer see.
  const picked = items.items.filter(({ grant_id, verdict }) => chosen.has(grant_id) && verdict === null)
  const free = items.items.filter(({ verdict }) => verdict === null)
  const all = free.length > 0 && picked.length === free.length
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <FilterSelect
          label="Show"
          value={show}
          onChange={(event) => {
            setChosen(new Set())
            change({ show: event.target.value })
          }}
        >
          {filters.map(([id, words]) => (
            <option key={id} value={id}>
              {words}
            </option>
          ))}
        </FilterSelect>
        {open && free.length > 0 ? (
          <Check
            label={`Choose all ${count(free.length, 'grant')} shown`}
            checked={all}
            onChange={() => setChosen(all ? new Set() : new Set(free.map(({ grant_id }) => grant_id)))}
          />
        ) : null}
      </div>
      <Loaded query={items}>
        {() =>
          items.items.length > 0 ? (
            <ul aria-label="What was given" className="grid gap-2">
              {items.items.map((item) => (
                <ReviewItem
                  key={item.grant_id}
                  item={item}
                  chosen={chosen.has(item.grant_id)}
                  onChoose={open && item.verdict === null ? () => choose(item.grant_id) : null}
                />
              ))}
            </ul>
          ) : show === 'undecided' ? (
            <Empty icon="check" title="Everything is decided">
              {open ? 'The review can be closed.' : null}
            </Empty>
          ) : (
            <Empty icon="access" title="Nothing of this kind" />
          )
        }
      </Loaded>
      <ShowMore pages={items} />
      {open && picked.length > 0 ? (
        <DecideBar review={review} picked={picked} onDone={() => setChosen(new Set())} />
      ) : null}
    </div>
  )
}

function without(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...ids].filter((each) => each !== id))
}
