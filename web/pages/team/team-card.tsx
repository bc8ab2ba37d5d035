import type { ItemOf } from '@zoneward/api/types'
import { useState } from 'react'
import { useCall, useSend } from '../../api/use-call.ts'
import { RoleList } from '../../people/role-list.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { FilterSelect } from '../../ui/field.tsx'
import { Card } from '../../ui/page.tsx'
import { notify } from '../../ui/toast.tsx'

type Team = ItemOf<'teams.list'>

export function TeamCard({ team, manages }: { team: Team; manages: boolean }) {
  const [asking, setAsking] = useState(false)
  const remove = useSend('teams.delete')
  const leave = useSend('teams.members.remove')
  const tell = (fault: { message: string }) => notify(fault.message, true)
  return (
    <Card
      title={team.name}
      lead={<RoleList grants={team.grants} />}
      actions={
        <>
          <Badge>{team.realm === 'staff' ? 'Staff' : 'Clients'}</Badge>
          {manages ? (
            <IconButton icon="trash" label={`Delete the team ${team.name}`} onClick={() => setAsking(true)} />
          ) : null}
        </>
      }
    >
      <ul className="grid divide-y divide-line">
        {team.members.length === 0 ? <li className="py-1.5 text-muted">Nobody is in it yet.</li> : null}
        {team.members.map(({ id, name }) => (
          <li key={id} className="flex items-center justify-between gap-2 py-0.5">
            {name}
            {manages ? (
              <IconButton
                icon="cross"
                label={`Take ${name} out of ${team.name}`}
                onClick={() => leave.mutate({ params: { team_id: team.id, user_id: id } }, { onError: tell })}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {manages ? <AddMember team={team} /> : null}
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={`Delete the team ${team.name}?`}
        action="Delete team"
        busy={remove.isPending}
        fault={remove.error}
        onConfirm={() => remove.mutate({ params: { team_id: team.id } }, { onSuccess: () => setAsking(false) })}
      >
        What the team was granted ends for everybody in it. The people stay.
      </Confirm>
    </Card>
  )
}

function AddMember({ team }: { team: Team }) {
  const [chosen, setChosen] = useState('')
  const staff = team.realm === 'staff'
  const members = useCall('members.list', { query: { limit: 1000 } }, { enabled: staff })
  const clients = useCall('client_users.list', { query: { limit: 1000 } }, { enabled: !staff })
  const inside = new Set(team.members.map(({ id }) => id))
  const others = (staff ? members.data?.items : clients.data?.items)?.filter(({ id }) => !inside.has(id)) ?? []
  const add = useSend('teams.members.add')
  if (others.length === 0) return null
  const put = () =>
    add.mutate(
      { params: { team_id: team.id, user_id: chosen } },
      { onSuccess: () => setChosen(''), onError: (fault) => notify(fault.message, true) },
    )
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      <FilterSelect
        label={`Add somebody to ${team.name}`}
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
      >
        <option value="">Choose somebody</option>
        {others.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </FilterSelect>
      <Button busy={add.isPending} refusal={chosen === '' ? 'Choose somebody first.' : null} onClick={put}>
        Add
      </Button>
    </div>
  )
}
