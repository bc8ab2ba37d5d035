import { useNavigate, useParams } from '@tanstack/react-router'
import type { AnswerOf } from '@zoneward/api/types'
import { useState } from 'react'
import { AccessTabs } from '../../access/access-tabs.tsx'
import { useRefusal } from '../../access/use-refusal.ts'
import { useCall, useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { pathsFrom } from '../../paths.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { TextField } from '../../ui/field.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { Loaded } from '../../ui/states.tsx'
import { notify } from '../../ui/toast.tsx'
import { count } from '../../words/times.ts'

type Provider = AnswerOf<'providers.read'>
const paths = pathsFrom('')

export function ProviderPage() {
  const { providerId = '' } = useParams({ strict: false }) as { providerId?: string }
  const provider = useCall('providers.read', { params: { provider_id: providerId } })
  return (
    <Page
      title={provider.data?.name ?? 'Provider'}
      crumbs={[{ label: 'Providers', to: paths.providers }]}
      lead={provider.data ? `Built in · ${count(provider.data.zones, 'zone')}` : undefined}
    >
      <Loaded query={provider}>{(data) => <Parts provider={data} />}</Loaded>
    </Page>
  )
}

function Parts({ provider }: { provider: Provider }) {
  const refusal = useRefusal(provider.can, 'grants.manage', { kind: 'provider', id: provider.id })
  return (
    <>
      <div>
        <ButtonLink to={paths.zones} search={{ provider_id: provider.id }} icon="zones">
          Its zones
        </ButtonLink>
      </div>
      {provider.can['grants.view'] ? (
        <Card title="Access" lead="Who has what on this provider and all of its zones.">
          <AccessTabs place={{ kind: 'provider', id: provider.id, name: provider.name }} refusal={refusal} />
        </Card>
      ) : null}
      {provider.can['providers.manage'] ? <Settings provider={provider} /> : null}
    </>
  )
}

function Settings({ provider }: { provider: Provider }) {
  const [asking, setAsking] = useState(false)
  const navigate = useNavigate()
  const save = useSend('providers.update')
  const remove = useSend('providers.delete', { leaves: true })
  const params = { provider_id: provider.id }
  return (
    <Card title="Settings">
      <Form
        onSubmit={({ name = '' }) => save.mutate({ params, body: { name } }, { onSuccess: () => notify('Saved') })}
        fault={save.error}
        fields={['name']}
      >
        <TextField
          label="Name"
          name="name"
          defaultValue={provider.name}
          required
          error={fieldError(save.error, 'name')}
        />
        <div className="flex flex-wrap justify-between gap-2">
          <Button type="submit" busy={save.isPending}>
            Save
          </Button>
          <Button
            kind="danger"
            icon="trash"
            refusal={
              provider.zones > 0 ? `It still has ${count(provider.zones, 'zone')}; move or delete them first.` : null
            }
            onClick={() => setAsking(true)}
          >
            Delete provider
          </Button>
        </div>
      </Form>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={`Delete ${provider.name}?`}
        action="Delete provider"
        typeName={provider.name}
        busy={remove.isPending}
        fault={remove.error}
        onConfirm={() =>
          remove.mutate({ params }, { onSuccess: () => void navigate({ to: paths.providers } as never) })
        }
      >
        It has no zones. What was granted on it ends. This cannot be undone.
      </Confirm>
    </Card>
  )
}
