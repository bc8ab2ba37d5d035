import { lazy, Suspense, useState } from 'react'
import { Button } from '../ui/button.tsx'
import type { Place } from './place.ts'
import type { SubjectChoice } from './subject-field.tsx'

const GrantForm = lazy(() => import('./grant-form.tsx').then((part) => ({ default: part.GrantForm })))

type GrantDialogProps = {
  place: Place
  refusal: string | null
  subject?: SubjectChoice
  label?: string
}

/** Gives somebody a role on a place: which records, from when until when, and why; what it changes is seen before. */
export function GrantDialog({ place, refusal, subject, label = 'Give access' }: GrantDialogProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button kind={subject ? 'plain' : 'primary'} icon="plus" writes refusal={refusal} onClick={() => setOpen(true)}>
        {label}
      </Button>
      {open ? (
        <Suspense fallback={null}>
          <GrantForm place={place} subject={subject ?? null} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
