import type { AnswerOf, BodyOf } from '@zoneward/api/types'
import { useId, useState } from 'react'
import type { Fault } from '../../api/fault.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyField } from '../../ui/copy.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { endOfDay } from '../../words/days.ts'
import { missingPatterns } from '../../words/patterns.ts'
import { CeilingFields, ceilingOf, noCeiling, useHeldPermissions } from './ceiling-fields.tsx'

type NewKeyDialogProps = {
  title: string
  /** The reader's own key, or another's. */
  own: boolean
  busy: boolean
  fault: Fault | null
  made: AnswerOf<'api_keys.create'> | undefined
  onMake: (body: BodyOf<'api_keys.create'>) => void
  onClose: () => void
}

/** A new key with its ceiling; once made, its token, this once. */
export function NewKeyDialog({ title, own, busy, fault, made, onMake, onClose }: NewKeyDialogProps) {
  const form = useId()
  const [draft, setDraft] = useState(noCeiling)
  const held = useHeldPermissions(own)
  if (made) return <Token made={made} own={own} onClose={onClose} />
  const submit = ({ name = '', ends_at = '' }: Record<string, string>) =>
    onMake({ name, ceiling: ceilingOf(draft, held), expires_at: endOfDay(ends_at) })
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description={
        own ? 'It does at most what you may do. Narrow it to what it is for.' : 'It does at most what its owner may do.'
      }
      actions={
        <Button type="submit" form={form} kind="primary" busy={busy} refusal={missingPatterns(draft.patterns)}>
          Make the key
        </Button>
      }
    >
      <Form
        id={form}
        onSubmit={submit}
        fault={fault}
        fields={['name', 'expires_at', 'ceiling.patterns', 'ceiling.networks', 'ceiling.idle_days']}
      >
        <TextField
          label="Name"
          name="name"
          required
          hint="What it is for, such as “certificates of the web server”."
          error={fieldError(fault, 'name')}
        />
        <CeilingFields draft={draft} onChange={setDraft} fault={fault} own={own} />
        <TextField
          label="Ends on"
          name="ends_at"
          type="date"
          hint="Empty means without end."
          error={fieldError(fault, 'expires_at')}
        />
      </Form>
    </Dialog>
  )
}

function Token({ made, own, onClose }: { made: AnswerOf<'api_keys.create'>; own: boolean; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={`The key ${made.name}`}
      description="Copy it now; it is shown this once."
      actions={
        <Button kind="primary" harmless onClick={onClose}>
          I have it
        </Button>
      }
    >
      <CopyField label="API key" text={made.token} />
      <p className="mt-3 text-muted">
        Send it as <code className="font-mono text-sm">Authorization: Bearer</code>. Whoever has it acts as{' '}
        {own ? 'you' : made.owner.name}, within its limits.
      </p>
    </Dialog>
  )
}
