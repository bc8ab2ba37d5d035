import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { PreviewPanel } from '../../access/preview-panel.tsx'
import { step } from '../../access/use-preview.ts'
import { useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { pathsFrom } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { TextField } from '../../ui/field.tsx'
import { Card } from '../../ui/page.tsx'
import { notify } from '../../ui/toast.tsx'
import type { ServiceAccount } from './account-page.tsx'

export function AccountSettings({ account }: { account: ServiceAccount }) {
  const [asking, setAsking] = useState(false)
  const save = useSend('service_accounts.update')
  const params = { service_account_id: account.id }
  const submit = ({ name = '', description = '' }) =>
    save.mutate({ params, body: { name, description } }, { onSuccess: () => notify('Saved') })
  return (
    <Card title="Settings">
      <Form onSubmit={submit} fault={save.error} fields={['name', 'description']}>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Name"
            name="name"
            required
            defaultValue={account.name}
            error={fieldError(save.error, 'name')}
          />
          <TextField
            label="What it is for"
            name="description"
            defaultValue={account.description}
            error={fieldError(save.error, 'description')}
          />
        </div>
        <div className="flex flex-wrap justify-between gap-2">
          <Button type="submit" busy={save.isPending}>
            Save
          </Button>
          <Button kind="danger" icon="trash" onClick={() => setAsking(true)}>
            Delete account
          </Button>
        </div>
      </Form>
      {asking ? <DeleteAccount account={account} onClose={() => setAsking(false)} /> : null}
    </Card>
  )
}

function DeleteAccount({ account, onClose }: { account: ServiceAccount; onClose: () => void }) {
  const navigate = useNavigate()
  const send = useSend('service_accounts.delete', { leaves: true })
  const params = { service_account_id: account.id }
  const done = () => {
    notify(`${account.name} was deleted`)
    void navigate({ to: pathsFrom('').serviceAccounts } as never)
  }
  return (
    <Confirm
      open
      onClose={onClose}
      title={`Delete ${account.name}?`}
      action="Delete account"
      typeName={account.name}
      busy={send.isPending}
      fault={send.error}
      onConfirm={() => send.mutate({ params }, { onSuccess: done })}
    >
      <div className="grid gap-3">
        <p>Its keys are refused from their next request on, and its roles end. This cannot be undone.</p>
        <PreviewPanel steps={[step('service_accounts.delete', { params })]} />
      </div>
    </Confirm>
  )
}
