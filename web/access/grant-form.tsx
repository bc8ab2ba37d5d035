import { useState } from 'react'
import { useSend } from '../api/use-call.ts'
import { fieldError, isToldByFields } from '../forms/fault-fields.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Check, TextField } from '../ui/field.tsx'
import { Failure } from '../ui/states.tsx'
import { notify } from '../ui/toast.tsx'
import { bodyOf, emptyWish, type GrantWish, lacking } from './grant-wish.ts'
import { PatternsField } from './patterns-field.tsx'
import type { Place } from './place.ts'
import { PreviewLine, PreviewPanel } from './preview-panel.tsx'
import { RoleField } from './role-field.tsx'
import { type SubjectChoice, SubjectField } from './subject-field.tsx'
import { step, usePreview } from './use-preview.ts'

const fields = ['subject_id', 'role_id', 'patterns', 'starts_at', 'ends_at', 'reason']

/** How far a role on such a place reaches. */
const reaches: Record<Place['kind'], string> = {
  organization: 'Holds for everything in it, and for what is added later.',
  customer: 'Holds for everything of this customer, and for what is added later.',
  provider: 'Holds for every zone there, and for those that are added later.',
  zone: 'Holds for this zone alone.',
  hosting: 'Holds for this hosting alone.',
}

type GrantFormProps = { place: Place; subject: SubjectChoice | null; onClose: () => void }

/** Who, which role, which records, from when until when, and why; what it changes is seen beside. */
export function GrantForm({ place, subject, onClose }: GrantFormProps) {
  const [wish, setWish] = useState<GrantWish>({ ...emptyWish, subject })
  const send = useSend('grants.create')
  const set = (patch: Partial<GrantWish>) => setWish((was) => ({ ...was, ...patch }))
  const missing = lacking(wish)
  const body = missing === null ? bodyOf(wish, place) : null
  const steps = body ? [step('grants.create', { body })] : null
  const { refusal } = usePreview(steps)
  const save = () => {
    if (!body) return
    const done = (grant: { role: string; subject: { name: string }; starts_at: string | null }) => {
      notify(
        `${grant.subject.name} has ${grant.role} on ${place.name}${grant.starts_at ? ', from its start on' : ' now'}`,
      )
      onClose()
    }
    send.mutate({ body }, { onSuccess: done })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      shape="wide"
      title={`Give access to ${place.name}`}
      description={reaches[place.kind]}
      actions={
        <>
          <PreviewLine steps={steps} />
          <Button kind="primary" busy={send.isPending} refusal={missing ?? refusal} onClick={save}>
            Give access
          </Button>
        </>
      }
    >
      <div className="grid gap-5 md:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
        <GrantFields place={place} wish={wish} set={set} fault={send.error} />
        <div className="grid content-start gap-3">
          <PreviewPanel steps={steps} waiting={missing ?? ''} />
          {send.error && !isToldByFields(send.error, fields) ? <Failure fault={send.error} /> : null}
        </div>
      </div>
    </Dialog>
  )
}

type FieldsProps = {
  place: Place
  wish: GrantWish
  set: (patch: Partial<GrantWish>) => void
  fault: Parameters<typeof fieldError>[0]
}

function GrantFields({ place, wish, set, fault }: FieldsProps) {
  return (
    <div className="grid content-start gap-4">
      <SubjectField
        value={wish.subject}
        onChange={(subject) => set({ subject })}
        error={fieldError(fault, 'subject_id')}
      />
      <RoleField
        kind={place.kind}
        realm={wish.subject?.realm}
        value={wish.roleId}
        onChange={(roleId) => set({ roleId })}
        error={fieldError(fault, 'role_id')}
      />
      <PatternsField
        value={wish.patterns}
        onChange={(patterns) => set({ patterns })}
        example={place.kind === 'zone' ? place.name : 'example.com'}
        error={fieldError(fault, 'patterns')}
      />
      <Times wish={wish} set={set} fault={fault} />
      <Check
        label="What is written waits for a review"
        hint="Every change becomes a proposal that somebody else approves."
        checked={wish.reviewRequired}
        onChange={(event) => set({ reviewRequired: event.target.checked })}
      />
      <TextField
        label="Why"
        value={wish.reason}
        onChange={(event) => set({ reason: event.target.value })}
        hint="Kept with the grant and in the activity log."
        error={fieldError(fault, 'reason')}
      />
    </div>
  )
}

function Times({ wish, set, fault }: Omit<FieldsProps, 'place'>) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        label="Begins"
        type="datetime-local"
        value={wish.startsAt}
        onChange={(event) => set({ startsAt: event.target.value })}
        hint="Empty: at once."
        error={fieldError(fault, 'starts_at')}
      />
      <TextField
        label="Ends"
        type="datetime-local"
        value={wish.endsAt}
        onChange={(event) => set({ endsAt: event.target.value })}
        hint="Empty: without end."
        error={fieldError(fault, 'ends_at')}
      />
    </div>
  )
}
