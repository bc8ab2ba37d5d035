import { useId } from 'react'
import { useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import type { Team } from './team-card.tsx'

export function RenameTeam({ team, onClose }: { team: Team; onClose: () => void }) {
  const form = useId()
  const send = useSend('teams.update')
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Rename the team ${team.name}`}
      actions={
        <Button type="submit" form={form} kind="primary" busy={send.isPending}>
          Save
        </Button>
      }
    >
      <Form
        id={form}
        fault={send.error}
        fields={['name']}
        onSubmit={({ name = '' }) =>
          send.mutate({ params: { team_id: team.id }, body: { name } }, { onSuccess: onClose })
        }
      >
        <TextField label="Name" name="name" required defaultValue={team.name} error={fieldError(send.error, 'name')} />
      </Form>
    </Dialog>
  )
}
