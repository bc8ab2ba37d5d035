import type { AnswerOf } from '@zoneward/api/types'
import { useState } from 'react'
import { useCall, useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyField } from '../../ui/copy.tsx'
import { Check, TextArea, TextField } from '../../ui/field.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { Loaded } from '../../ui/states.tsx'
import { notify } from '../../ui/toast.tsx'
import { type RoleSetId, roleSets } from '../../words/role-sets.ts'
import { DeleteOrganization } from './delete-organization.tsx'

export function OrganizationSettings() {
  const organization = useCall('organization.read', {})
  return (
    <Page title="Organization" crumbs={[{ label: 'Settings', to: '/settings/team' }]} width="read">
      <Loaded query={organization}>{(data) => <Settings key={data.id} organization={data} />}</Loaded>
    </Page>
  )
}

function Settings({ organization }: { organization: AnswerOf<'organization.read'> }) {
  const [set, setSet] = useState<RoleSetId>(organization.role_set)
  const send = useSend('organization.update')
  const { contact } = organization
  const submit = (values: Record<string, string>) => {
    const contactNow = Object.fromEntries(
      ['name', 'email', 'phone', 'url', 'text'].map((key) => [key, (values[`contact_${key}`] ?? '').trim()]),
    )
    const body = { name: values['name'] ?? '', role_set: set, contact: contactNow }
    send.mutate({ body }, { onSuccess: () => notify('The organization was saved') })
  }
  return (
    <>
      <Card
        title="Portal of the organization itself"
        lead="For clients without a customer; each customer has a portal of its own."
      >
        <CopyField label="Address of the portal" text={`${window.location.origin}/portal/${organization.slug}`} />
      </Card>
      <Form onSubmit={submit} fault={send.error} fields={['name', 'contact']}>
        <TextField
          label="Name"
          name="name"
          defaultValue={organization.name}
          required
          error={fieldError(send.error, 'name')}
        />
        <fieldset>
          <legend className="font-medium">Role set</legend>
          <p className="mb-1 text-muted">Which roles are offered first. Access that was given stays as it is.</p>
          {roleSets.map(({ id, name, sentence }) => (
            <Check
              key={id}
              radio
              name="role_set"
              label={name}
              hint={sentence}
              checked={set === id}
              onChange={() => setSet(id)}
            />
          ))}
        </fieldset>
        <fieldset className="grid gap-4">
          <legend className="font-medium">How clients reach you</legend>
          <p className="text-muted">Shown on every portal, before and after signing in.</p>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              label="Name of the contact"
              name="contact_name"
              defaultValue={contact.name ?? ''}
              error={fieldError(send.error, 'contact.name')}
            />
            <TextField
              label="E-mail"
              name="contact_email"
              type="email"
              defaultValue={contact.email ?? ''}
              error={fieldError(send.error, 'contact.email')}
            />
            <TextField
              label="Phone"
              name="contact_phone"
              type="tel"
              defaultValue={contact.phone ?? ''}
              error={fieldError(send.error, 'contact.phone')}
            />
            <TextField
              label="Website"
              name="contact_url"
              type="url"
              defaultValue={contact.url ?? ''}
              error={fieldError(send.error, 'contact.url')}
            />
          </div>
          <TextArea
            label="A sentence for them"
            name="contact_text"
            defaultValue={contact.text ?? ''}
            error={fieldError(send.error, 'contact.text')}
          />
        </fieldset>
        <div>
          <Button type="submit" kind="primary" busy={send.isPending}>
            Save
          </Button>
        </div>
      </Form>
      <DeleteOrganization id={organization.id} name={organization.name} />
    </>
  )
}
