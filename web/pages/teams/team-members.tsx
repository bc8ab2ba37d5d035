import { useState } from 'react'
import { PreviewPanel } from '../../access/preview-panel.tsx'
import { useCall, useSend } from '../../api/use-call.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField } from '../../ui/field.tsx'
import { Failure } from '../../ui/states.tsx'
import { notify } from '../../ui/toast.tsx'
import type { Team } from './team-card.tsx'

type Person = { id: string; name: string }

/** Puts somebody into a team, after what they gain by it was shown. */
export function JoinTeam({ team, onClose }: { team: Team; onClose: () => void }) {
  const [chosen, setChosen] = useState('')
  const others = usePeople(team)
  const send = useSend('teams.members.add')
  const name = others.find(({ id }) => id === chosen)?.name ?? ''
  const params = { team_id: team.id, user_id: chosen }
  const done = () => {
    notify(`${name} is in ${team.name} now`)
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Add somebody to ${team.name}`}
      actions={
        <Button
          kind="primary"
          busy={send.isPending}
          refusal={chosen === '' ? 'Choose somebody first.' : null}
          onClick={() => send.mutate({ params }, { onSuccess: done })}
        >
          Add
        </Button>
      }
    >
      <div className="grid gap-4">
        <SelectField label="Who" value={chosen} onChange={(event) => setChosen(event.target.value)}>
          <option value="">{others.length > 0 ? 'Choose somebody' : 'Everybody is in it already'}</option>
          {others.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}
            </option>
          ))}
        </SelectField>
        {chosen === '' ? null : <PreviewPanel steps={[{ operation: 'teams.members.add', params }]} />}
        {send.error ? <Failure fault={send.error} /> : null}
      </div>
    </Dialog>
  )
}

/** Takes somebody out of a team, after what they lose by it was shown. */
export function LeaveTeam({ team, user, onClose }: { team: Team; user: Person; onClose: () => void }) {
  const send = useSend('teams.members.remove')
  const params = { team_id: team.id, user_id: user.id }
  const done = () => {
    notify(`${user.name} is no longer in ${team.name}`)
    onClose()
  }
  return (
    <Confirm
      open
      onClose={onClose}
      title={`Take ${user.name} out of ${team.name}?`}
      action="Take out"
      busy={send.isPending}
      fault={send.error}
      onConfirm={() => send.mutate({ params }, { onSuccess: done })}
    >
      <div className="grid gap-3">
        <p>What the team was given ends for {user.name} with the next request.</p>
        <PreviewPanel steps={[{ operation: 'teams.members.remove', params }]} />
      </div>
    </Confirm>
  )
}

/** Everybody of the team's realm who is not in it yet. */
function usePeople(team: Team): Person[] {
  const staff = team.realm === 'staff'
  const members = useCall('members.list', { query: { limit: 1000 } }, { enabled: staff })
  const clients = useCall('client_users.list', { query: { limit: 1000 } }, { enabled: !staff })
  const inside = new Set(team.members.map(({ id }) => id))
  return ((staff ? members.data?.items : clients.data?.items) ?? []).filter(({ id }) => !inside.has(id))
}
