import { useId, useState } from 'react'
import { useSend } from '../api/use-call.ts'
import { fieldError } from '../forms/fault-fields.ts'
import { Form } from '../forms/form.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextArea, TextField } from '../ui/field.tsx'
import { notify } from '../ui/toast.tsx'
import { endOfDay } from '../words/days.ts'
import { readPatterns } from '../words/patterns.ts'
import type { Place } from './place.ts'
import { RoleField } from './role-field.tsx'
import { SubjectField } from './subject-field.tsx'

/** Gives somebody a role on a place: until when, on which records, and why. */
export function GrantDialog({ place, refusal }: { place: Place; refusal: string | null }) {
  const [open, setOpen] = useState(false)
  const [realm, setRealm] = useState<'staff' | 'client'>()
  const form = useId()
  const send = useSend('grants.create')
  const submit = (values: Record<string, string>) => {
    const patterns = readPatterns(values['patterns'] ?? '')
    const body = {
      subject_id: values['subject_id'] ?? '',
      role_id: values['role_id'] ?? '',
      scope: { kind: place.kind, id: place.id },
      patterns: patterns.length > 0 ? patterns : null,
      ends_at: endOfDay(values['ends_at'] ?? ''),
      reason: values['reason'] ?? '',
    }
    const done = (grant: { role: string; subject: { name: string } }) => {
      notify(`${grant.subject.name} has ${grant.role} on ${place.name} now`)
      setOpen(false)
    }
    send.mutate({ body }, { onSuccess: done })
  }
  return (
    <>
      <Button kind="primary" icon="plus" refusal={refusal} onClick={() => setOpen(true)}>
        Give access
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Give access to ${place.name}`}
        description="Holds for everything below it, and for what is added later."
        actions={
          <Button type="submit" form={form} kind="primary" busy={send.isPending}>
            Give access
          </Button>
        }
      >
        <Form
          id={form}
          onSubmit={submit}
          fault={send.error}
          fields={['subject_id', 'role_id', 'patterns', 'ends_at', 'reason']}
        >
          <SubjectField onRealm={setRealm} error={fieldError(send.error, 'subject_id')} />
          <RoleField kind={place.kind} realm={realm} error={fieldError(send.error, 'role_id')} />
          {place.kind === 'zone' ? (
            <TextArea
              label="Only these records"
              name="patterns"
              mono
              rows={2}
              placeholder="_acme-challenge.** (TXT)"
              hint="One pattern a line; types in brackets. Empty means the whole zone."
              error={fieldError(send.error, 'patterns')}
            />
          ) : null}
          <TextField
            label="Ends on"
            name="ends_at"
            type="date"
            hint="Empty means without end."
            error={fieldError(send.error, 'ends_at')}
          />
          <TextField
            label="Why"
            name="reason"
            hint="Kept with the grant and in the activity log."
            error={fieldError(send.error, 'reason')}
          />
        </Form>
      </Dialog>
    </>
  )
}
