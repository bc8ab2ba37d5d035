import type { ItemOf } from '@zoneward/api/types'
import { usePages } from '../../api/use-call.ts'
import { pathsFrom } from '../../paths.ts'
import { Badge } from '../../ui/badge.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { tellProgress } from '../../words/review-facts.ts'
import { OpenReview } from './open-review.tsx'

const paths = pathsFrom('')
const columns: Column<ItemOf<'access_reviews.list'>>[] = [
  {
    header: 'Review of',
    role: 'title',
    cell: ({ id, customer }) => <TextLink to={paths.review(id)}>{customer?.name ?? 'The whole organization'}</TextLink>,
  },
  {
    header: 'State',
    cell: ({ closed_at }) =>
      closed_at === null ? (
        <Badge tone="warn" icon="clock">
          Open
        </Badge>
      ) : (
        <Badge icon="check">Closed</Badge>
      ),
  },
  { header: 'Decided', cell: (review) => tellProgress(review) },
  { header: 'Opened', cell: ({ opened_at }) => <Time at={opened_at} /> },
  { header: 'By', cell: ({ opened_by }) => opened_by ?? 'somebody who left', wide: true },
]

/** Access reviews: everything that was given, gone through, and what is no longer needed taken away. */
export function ReviewList() {
  const reviews = usePages('access_reviews.list', { query: {} })
  return (
    <Page
      title="Access reviews"
      lead="Go through everything that was given, and take away what nobody needs any more."
      crumbs={[{ label: 'Access', to: paths.access }]}
      actions={<OpenReview />}
    >
      <Loaded query={reviews}>
        {() =>
          reviews.items.length > 0 ? (
            <Table
              label="Access reviews"
              rows={reviews.items}
              columns={columns}
              keyOf={({ id }) => id}
              more={reviews}
            />
          ) : (
            <Empty icon="access" title="No reviews yet">
              Open one for the organization or a customer. It shows what was never used, what ends soon, and who holds
              more than their role.
            </Empty>
          )
        }
      </Loaded>
    </Page>
  )
}
