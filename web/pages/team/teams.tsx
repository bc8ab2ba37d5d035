import { useId, useState } from 'react'
import { usePages, useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { holds, useMe } from '../../session/use-me.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { notify } from '../../ui/toast.tsx'
import { TeamCard } from './team-card.tsx'

/** Teams: people who are granted things together. */
export function Teams() {
  const me = useMe()
  const teams = usePages('teams.list', { query: {} })
  const manages = holds(me, 'teams.manage')
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold">Teams</h2>
        {manages ? <NewTeam /> : null}
      </div>
      <Loaded query={teams}>
        {() =>
          teams.items.length > 0 ? (
            <div className="grid gap-3 md:grid-cols-2">
              {teams.items.map((team) => (
                <TeamCard key={team.id} team={team} manages={manages} />
              ))}
            </div>
          ) : (
            <Empty icon="people" title="No teams yet">
              A team is granted a role once, and everybody in it has it.
              {manages ? ' Make the first with “New team”.' : null}
            </Empty>
          )
        }
      </Loaded>
    </div>
  )
}

function NewTeam() {
  const [open, setOpen] = useState(false)
  const form = useId()
  const send = useSend('teams.create')
  const done = ({ name }: { name: string }) => {
    notify(`The team ${name} was made`)
    setOpen(false)
  }
  const submit = ({ name = '', realm = 'staff' }) =>
    send.mutate({ body: { name, realm: realm === 'client' ? 'client' : 'staff' } }, { onSuccess: done })
  return (
    <>
      <Button icon="plus" onClick={() => setOpen(true)}>
        New team
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="New team"
        actions={
          <Button type="submit" form={form} kind="primary" busy={send.isPending}>
            Make the team
          </Button>
        }
      >
        <Form id={form} onSubmit={submit} fault={send.error} fields={['name', 'realm']}>
          <TextField label="Name" name="name" required error={fieldError(send.error, 'name')} />
          <SelectField label="Of whom" name="realm" error={fieldError(send.error, 'realm')}>
            <option value="staff">Staff</option>
            <option value="client">Client accounts</option>
          </SelectField>
        </Form>
      </Dialog>
    </>
  )
}
