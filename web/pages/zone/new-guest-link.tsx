import type { AnswerOf } from '@zoneward/api/types'
import { useId, useState } from 'react'
import { PatternsField } from '../../access/patterns-field.tsx'
import { useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Check, TextField } from '../../ui/field.tsx'
import { dayIn, endOfDay } from '../../words/days.ts'
import { missingPatterns, readPatterns } from '../../words/patterns.ts'

type NewGuestLinkProps = {
  zone: { id: string; name: string }
  onClose: () => void
  onMade: (link: AnswerOf<'guest_links.create'>) => void
}

/** Chooses the records, what the guest may do with them, and until when. */
export function NewGuestLink({ zone, onClose, onMade }: NewGuestLinkProps) {
  const form = useId()
  const [patterns, setPatterns] = useState(`www.${zone.name}`)
  const [proposes, setProposes] = useState(false)
  const send = useSend('guest_links.create')
  const submit = ({ note = '', ends_at = '' }) => {
    const written = readPatterns(patterns)
    const body = {
      zone_id: zone.id,
      patterns: written.length > 0 ? written : [{ names: [`**.${zone.name}`] }],
      may_propose: proposes,
      ends_at: endOfDay(ends_at) ?? '',
      note,
    }
    send.mutate({ body }, { onSuccess: onMade })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`New guest link for ${zone.name}`}
      description="No account is needed: whoever has the link is the guest."
      actions={
        <Button
          type="submit"
          form={form}
          kind="primary"
          icon="link"
          busy={send.isPending}
          refusal={missingPatterns(patterns)}
        >
          Make the link
        </Button>
      }
    >
      <Form id={form} onSubmit={submit} fault={send.error} fields={['patterns', 'ends_at', 'note']}>
        <PatternsField
          value={patterns}
          onChange={setPatterns}
          example={zone.name}
          error={fieldError(send.error, 'patterns')}
        />
        <fieldset>
          <legend className="font-medium">The guest may</legend>
          <Check radio name="may" label="Read them" checked={!proposes} onChange={() => setProposes(false)} />
          <Check
            radio
            name="may"
            label="Read them and propose changes"
            hint="Somebody who may approve decides about each."
            checked={proposes}
            onChange={() => setProposes(true)}
          />
        </fieldset>
        <TextField
          label="Ends on"
          name="ends_at"
          type="date"
          required
          defaultValue={dayIn(14)}
          min={dayIn(0)}
          max={dayIn(89)}
          hint="At most 90 days from now."
          error={fieldError(send.error, 'ends_at')}
        />
        <TextField
          label="For whom"
          name="note"
          hint="A note for you; the guest does not see it."
          error={fieldError(send.error, 'note')}
        />
      </Form>
    </Dialog>
  )
}
