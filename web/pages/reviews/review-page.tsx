import { useParams } from '@tanstack/react-router'
import type { AnswerOf } from '@zoneward/api/types'
import { useState } from 'react'
import { useCall, useSend } from '../../api/use-call.ts'
import { pathsFrom } from '../../paths.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Page } from '../../ui/page.tsx'
import { Loaded } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { notify } from '../../ui/toast.tsx'
import { tellProgress } from '../../words/review-facts.ts'
import { ReviewItems } from './review-items.tsx'

type Review = AnswerOf<'access_reviews.read'>
const paths = pathsFrom('')

/** One review: what was given, with what is strange about it; confirmed or revoked, many in one pass. */
export function ReviewPage() {
  const { reviewId = '' } = useParams({ strict: false }) as { reviewId?: string }
  const review = useCall('access_reviews.read', { params: { access_review_id: reviewId } })
  const { data } = review
  return (
    <Page
      title={data ? `Review of ${data.customer?.name ?? 'the whole organization'}` : 'Review'}
      crumbs={[
        { label: 'Access', to: paths.access },
        { label: 'Access reviews', to: paths.reviews },
      ]}
      lead={data ? <Lead review={data} /> : undefined}
      badges={
        data ? (
          <Badge tone={data.closed_at === null ? 'warn' : 'neutral'} icon={data.closed_at === null ? 'clock' : 'check'}>
            {data.closed_at === null ? 'Open' : 'Closed'}
          </Badge>
        ) : null
      }
      actions={data && data.closed_at === null ? <CloseReview review={data} /> : null}
    >
      <Loaded query={review}>{(loaded) => <ReviewItems review={loaded} />}</Loaded>
    </Page>
  )
}

function Lead({ review }: { review: Review }) {
  return (
    <>
      {tellProgress(review)}. Opened by {review.opened_by ?? 'somebody who left'} <Time at={review.opened_at} />. It is
      known since <Time at={review.use_known_since} /> whether something is used.
    </>
  )
}

function CloseReview({ review }: { review: Review }) {
  const [asking, setAsking] = useState(false)
  const send = useSend('access_reviews.close')
  const done = () => {
    notify('The review is closed')
    setAsking(false)
  }
  return (
    <>
      <Button icon="check" writes onClick={() => setAsking(true)}>
        Close review
      </Button>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title="Close this review?"
        action="Close review"
        busy={send.isPending}
        fault={send.error}
        onConfirm={() => send.mutate({ params: { access_review_id: review.id } }, { onSuccess: done })}
      >
        {review.undecided
          ? `${review.undecided} of what was given is not decided yet and stays as it is.`
          : 'Everything is decided.'}{' '}
        A closed review cannot be opened again; a new one can.
      </Confirm>
    </>
  )
}
