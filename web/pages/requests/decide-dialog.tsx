import type { BodyOf } from '@zoneward/api/types'
import { useState } from 'react'
import { spans } from '../../access/ask.tsx'
import { PatternsField } from '../../access/patterns-field.tsx'
import { PreviewLine, PreviewPanel } from '../../access/preview-panel.tsx'
import { step, usePreview } from '../../access/use-preview.ts'
import { useSend } from '../../api/use-call.ts'
import { fieldError, isToldByFields } from '../../forms/fault-fields.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Check, SelectField, TextArea } from '../../ui/field.tsx'
import { Failure } from '../../ui/states.tsx'
import { notify } from '../../ui/toast.tsx'
import { readPatterns, tellPatterns } from '../../words/patterns.ts'
import { withoutIds } from '../../words/plain.ts'
import { tellHours, tellRequest } from '../../words/requests.ts'
import type { AccessRequest } from './request-item.tsx'

type Decision = BodyOf<'access_requests.decide'>

/** Yes, perhaps for a shorter time or fewer records, or no; with a word to who asked. */
export function DecideDialog({ request, onClose }: { request: AccessRequest; onClose: () => void }) {
  const asked = request.patterns ? request.patterns.map((pattern) => tellPatterns([pattern])).join('\n') : ''
  const [hours, setHours] = useState(request.hours)
  const [patterns, setPatterns] = useState(asked)
  const [review, setReview] = useState(false)
  const [comment, setComment] = useState('')
  const send = useSend('access_requests.decide')
  const params = { access_request_id: request.id }
  const yes: Decision = {
    decision: 'grant',
    ...(hours === request.hours ? {} : { hours }),
    ...(patterns === asked ? {} : { patterns: readPatterns(patterns) }),
    review_required: review,
    comment,
  }
  const empty = patterns !== '' && readPatterns(patterns).length === 0
  // What is said to who asked changes nothing in what is given, so typing it asks for no new preview.
  const steps = empty ? null : [step('access_requests.decide', { params, body: { ...yes, comment: '' } })]
  const { refusal } = usePreview(steps)
  const decide = (body: Decision) => {
    const done = () => {
      notify(body.decision === 'grant' ? `${request.subject.name} has it for ${tellHours(hours)}` : 'Refused')
      onClose()
    }
    send.mutate({ params, body }, { onSuccess: done })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      shape="wide"
      title={`${request.subject.name} asks to ${withoutIds(tellRequest(request))}`}
      description={request.reason}
      actions={
        <>
          <PreviewLine steps={steps} />
          <Button kind="danger" busy={send.isPending} onClick={() => decide({ decision: 'refuse', comment })}>
            Refuse
          </Button>
          <Button
            kind="primary"
            busy={send.isPending}
            refusal={empty ? 'Write which records, or choose all.' : refusal}
            onClick={() => decide(yes)}
          >
            Give it
          </Button>
        </>
      }
    >
      <div className="grid gap-5 md:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
        <div className="grid content-start gap-4">
          <p>
            <span className="font-medium">{request.role}</span> on {request.scope.name}
          </p>
          <Hours asked={request.hours} value={hours} onChange={setHours} />
          <PatternsField
            value={patterns}
            onChange={setPatterns}
            example={request.scope.kind === 'zone' ? request.scope.name : request.resource.name}
            error={fieldError(send.error, 'patterns')}
          />
          <Check
            label="What is written waits for a review"
            hint="Every change becomes a proposal that somebody else approves."
            checked={review}
            onChange={(event) => setReview(event.target.checked)}
          />
          <TextArea
            label={`A word to ${request.subject.name}`}
            rows={2}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
            error={fieldError(send.error, 'comment')}
          />
        </div>
        <div className="grid content-start gap-3">
          <PreviewPanel steps={steps} waiting="Write which records, or choose all." />
          {send.error && !isToldByFields(send.error, ['patterns', 'comment']) ? <Failure fault={send.error} /> : null}
        </div>
      </div>
    </Dialog>
  )
}

/** Never longer than was asked for. */
function Hours({ asked, value, onChange }: { asked: number; value: number; onChange: (hours: number) => void }) {
  const offered = [...new Set([asked, ...spans.map(([hours]) => hours).filter((hours) => hours < asked)])]
  return (
    <SelectField label="For how long" value={value} onChange={(event) => onChange(Number(event.target.value))}>
      {offered
        .toSorted((one, other) => one - other)
        .map((hours) => (
          <option key={hours} value={hours}>
            {tellHours(hours)}
            {hours === asked ? ', as asked' : ''}
          </option>
        ))}
    </SelectField>
  )
}
