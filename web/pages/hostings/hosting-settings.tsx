import { useNavigate } from '@tanstack/react-router'
import type { AnswerOf } from '@zoneward/api/types'
import { useState } from 'react'
import { PreviewPanel } from '../../access/preview-panel.tsx'
import { useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { usePaths } from '../../paths.ts'
import { useMe } from '../../session/use-me.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { TextField } from '../../ui/field.tsx'
import { Card } from '../../ui/page.tsx'
import { notify } from '../../ui/toast.tsx'

export function HostingSettings({ hosting }: { hosting: AnswerOf<'hostings.read'> }) {
  const [asking, setAsking] = useState(false)
  const save = useSend('hostings.update')
  const params = { hosting_id: hosting.id }
  const submit = ({ name = '', place = '' }) =>
    save.mutate({ params, body: { name, place } }, { onSuccess: () => notify('Saved') })
  return (
    <Card title="Settings">
      <Form onSubmit={submit} fault={save.error} fields={['name', 'place']}>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Name"
            name="name"
            defaultValue={hosting.name}
            required
            error={fieldError(save.error, 'name')}
          />
          <TextField label="Place" name="place" defaultValue={hosting.place} error={fieldError(save.error, 'place')} />
        </div>
        <div className="flex flex-wrap justify-between gap-2">
          <Button type="submit" busy={save.isPending}>
            Save
          </Button>
          <Button kind="danger" icon="trash" onClick={() => setAsking(true)}>
            Delete hosting
          </Button>
        </div>
      </Form>
      {asking ? <DeleteHosting hosting={hosting} onClose={() => setAsking(false)} /> : null}
    </Card>
  )
}

function DeleteHosting({ hosting, onClose }: { hosting: AnswerOf<'hostings.read'>; onClose: () => void }) {
  const navigate = useNavigate()
  const paths = usePaths()
  const staff = useMe().realm === 'staff'
  const remove = useSend('hostings.delete', { leaves: true })
  const params = { hosting_id: hosting.id }
  const gone = () => {
    notify(`${hosting.name} was deleted`)
    void navigate({ to: staff ? paths.customerHostings(hosting.customer.id) : paths.hostings } as never)
  }
  return (
    <Confirm
      open
      onClose={onClose}
      title={`Delete ${hosting.name}?`}
      action="Delete hosting"
      typeName={hosting.name}
      busy={remove.isPending}
      fault={remove.error}
      onConfirm={() => remove.mutate({ params }, { onSuccess: gone })}
    >
      <div className="grid gap-3">
        <p>What was granted on it ends. This cannot be undone.</p>
        <PreviewPanel steps={[{ operation: 'hostings.delete', params }]} />
      </div>
    </Confirm>
  )
}
