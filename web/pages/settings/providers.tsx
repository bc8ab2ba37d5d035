import type { ItemOf } from '@zoneward/api/types'
import { useId, useState } from 'react'
import { LockedAction } from '../../access/locked-action.tsx'
import { usePages, useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { pathsFrom } from '../../paths.ts'
import { holds, useMe } from '../../session/use-me.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { notify } from '../../ui/toast.tsx'

const columns: Column<ItemOf<'providers.list'>>[] = [
  {
    header: 'Provider',
    role: 'title',
    cell: ({ id, name }) => <TextLink to={pathsFrom('').provider(id)}>{name}</TextLink>,
  },
  { header: 'Kind', cell: () => 'Built in' },
  { header: 'Zones', role: 'number', cell: ({ zones }) => zones },
  { header: 'Added', cell: ({ created_at }) => <Time at={created_at} /> },
]

/** Where zones live; access can be given on a whole provider. */
export function Providers() {
  const me = useMe()
  const providers = usePages('providers.list', { query: {} })
  return (
    <Page
      title="Providers"
      lead="Where zones live. The built-in kind answers DNS by itself; have as many as you want to keep apart."
      crumbs={[{ label: 'Settings', to: '/settings/team' }]}
      actions={
        holds(me, 'providers.manage') ? (
          <NewProvider />
        ) : (
          <LockedAction permission="providers.manage" label="New provider" />
        )
      }
    >
      <Loaded query={providers}>
        {() =>
          providers.items.length > 0 ? (
            <Table label="Providers" rows={providers.items} columns={columns} keyOf={({ id }) => id} more={providers} />
          ) : (
            <Empty icon="provider" title="No provider yet">
              Zones need one to live at. Add the first with “New provider”.
            </Empty>
          )
        }
      </Loaded>
    </Page>
  )
}

function NewProvider() {
  const [open, setOpen] = useState(false)
  const form = useId()
  const send = useSend('providers.create')
  const done = ({ name }: { name: string }) => {
    notify(`${name} was added`)
    setOpen(false)
  }
  return (
    <>
      <Button kind="primary" icon="plus" onClick={() => setOpen(true)}>
        New provider
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="New provider"
        description="Of the built-in kind: its zones are answered by this product’s name server."
        actions={
          <Button type="submit" form={form} kind="primary" busy={send.isPending}>
            Add the provider
          </Button>
        }
      >
        <Form
          id={form}
          onSubmit={({ name = '' }) => send.mutate({ body: { name } }, { onSuccess: done })}
          fault={send.error}
          fields={['name']}
        >
          <TextField
            label="Name"
            name="name"
            required
            hint="Such as the place or the purpose: Frankfurt, Client zones."
            error={fieldError(send.error, 'name')}
          />
        </Form>
      </Dialog>
    </>
  )
}
