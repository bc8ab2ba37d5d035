import type { BodyOf } from '@zoneward/api/types'
import { useId, useState } from 'react'
import { useCall, useSend } from '../api/use-call.ts'
import { fieldError } from '../forms/fault-fields.ts'
import { Form } from '../forms/form.tsx'
import { usePaths } from '../paths.ts'
import { useMe } from '../session/use-me.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { SelectField, TextArea } from '../ui/field.tsx'
import { Icon } from '../ui/icons.tsx'
import { TextLink } from '../ui/link.tsx'
import { Loaded } from '../ui/states.tsx'
import { Time } from '../ui/time.tsx'
import { notify } from '../ui/toast.tsx'
import { withoutIds } from '../words/plain.ts'
import { tellWhoCanGive } from '../words/refusal.ts'

/** What somebody was refused and may ask for, as the `ask` of a refusal says it. */
export type Want = Pick<BodyOf<'access_requests.create'>, 'permission' | 'resource' | 'record'>

/** How long access can be asked for, in hours. */
export const spans: [hours: number, words: string][] = [
  [1, 'One hour'],
  [8, 'Eight hours'],
  [24, 'One day'],
  [72, 'Three days'],
  [168, 'One week'],
  [720, 'Thirty days'],
]

type AskProps = { want: Want; kind?: 'plain' | 'quiet' | 'primary'; label?: string }

/** "Ask for access": who could give it sees the request; what comes of it ends by itself. */
export function Ask({ want, kind = 'quiet', label = 'Ask for access' }: AskProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button kind={kind} icon="access" writes onClick={() => setOpen(true)}>
        {label}
      </Button>
      {open ? <AskDialog want={want} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

export function AskDialog({ want, onClose }: { want: Want; onClose: () => void }) {
  const before = usePending(want)
  const form = useId()
  const paths = usePaths()
  const send = useSend('access_requests.create')
  const submit = ({ hours = '8', reason = '' }) => {
    const done = () => {
      notify('Asked. Whoever can give it sees your request; you find it under Requests.')
      onClose()
    }
    send.mutate({ body: { ...want, hours: Number(hours), reason } }, { onSuccess: done })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Ask for access"
      actions={
        <Button
          type="submit"
          form={form}
          kind="primary"
          busy={send.isPending}
          refusal={before ? 'You have asked for this already.' : null}
        >
          Ask
        </Button>
      }
    >
      <div className="grid gap-4">
        <Missing want={want} />
        {before ? (
          <p className="flex gap-2">
            <Icon name="clock" className="mt-0.5 size-4 text-muted" />
            <span>
              You asked for this <Time at={before.created_at} />; it waits for a decision.{' '}
              <TextLink to={paths.requests} search={{ view: 'mine' }}>
                Your requests
              </TextLink>
            </span>
          </p>
        ) : null}
        <Form id={form} onSubmit={submit} fault={send.error} fields={['hours', 'reason']}>
          <SelectField
            label="For how long"
            name="hours"
            defaultValue="8"
            hint="It ends by itself."
            error={fieldError(send.error, 'hours')}
          >
            {spans.map(([hours, words]) => (
              <option key={hours} value={hours}>
                {words}
              </option>
            ))}
          </SelectField>
          <TextArea
            label="What for"
            name="reason"
            required
            rows={3}
            hint="Whoever decides reads it."
            error={fieldError(send.error, 'reason')}
          />
        </Form>
      </div>
    </Dialog>
  )
}

/** The request of the reader's own for the very same thing, where one waits. */
function usePending({ permission, resource, record }: Want) {
  const mine = useCall('access_requests.list', { query: { view: 'mine', limit: 50 } })
  const same = (other: { name: string; type: string } | null) =>
    other?.name === record?.name && other?.type === record?.type
  return mine.data?.items.find(
    (each) =>
      each.state === 'pending' &&
      each.permission === permission &&
      each.resource.id === resource.id &&
      same(each.record),
  )
}

/** What is missing, the smallest grant that would do, and who can give it. */
function Missing({ want: { permission, resource, record } }: { want: Want }) {
  const staff = useMe().realm === 'staff'
  const body = { permission, resource, ...(record ? { record } : {}) }
  const explained = useCall('access.explain', { body })
  return (
    <Loaded query={explained} lines={3}>
      {({ sentence, smallest_grant, who_can_give, nearest }) => (
        <div className="grid gap-1.5 rounded-lg border border-line p-3">
          <p className="font-medium">{staff ? sentence : withoutIds(sentence)}</p>
          {staff
            ? nearest.slice(0, 2).map((miss) => (
                <p key={miss.sentence} className="text-muted">
                  {miss.sentence}
                </p>
              ))
            : null}
          {smallest_grant ? (
            <p>
              You ask for <span className="font-medium">{smallest_grant.role}</span> on {smallest_grant.scope.name}.
            </p>
          ) : null}
          <p className="text-muted">{tellWhoCanGive(who_can_give)}</p>
        </div>
      )}
    </Loaded>
  )
}
