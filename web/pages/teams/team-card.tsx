import type { ItemOf } from '@zoneward/api/types'
import { useState } from 'react'
import { RoleList } from '../../people/role-list.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Card } from '../../ui/page.tsx'
import { count } from '../../words/times.ts'
import { DeleteTeam } from './delete-team.tsx'
import { RenameTeam } from './rename-team.tsx'
import { JoinTeam, LeaveTeam } from './team-members.tsx'

export type Team = ItemOf<'teams.list'>
type Doing = { what: 'rename' | 'delete' | 'join' } | { what: 'leave'; user: { id: string; name: string } } | null

/** One team: what it was given, and who is in it. */
export function TeamCard({ team, manages }: { team: Team; manages: boolean }) {
  const [doing, setDoing] = useState<Doing>(null)
  const stop = () => setDoing(null)
  return (
    <Card
      title={team.name}
      lead={`${team.realm === 'staff' ? 'Staff' : 'Client accounts'} · ${count(team.members.length, 'person', 'people')}`}
      actions={
        manages ? (
          <Menu
            label={`Actions for the team ${team.name}`}
            entries={[
              { label: 'Rename', icon: 'edit', writes: true, onSelect: () => setDoing({ what: 'rename' }) },
              { label: 'Delete', icon: 'trash', danger: true, onSelect: () => setDoing({ what: 'delete' }) },
            ]}
          />
        ) : null
      }
    >
      <div className="grid gap-3">
        <div>
          <p className="text-sm text-muted">Roles</p>
          <RoleList grants={team.grants} />
        </div>
        <div>
          <p className="text-sm text-muted">People</p>
          <ul className="grid divide-y divide-line">
            {team.members.length === 0 ? <li className="py-1.5 text-muted">Nobody is in it yet.</li> : null}
            {team.members.map((user) => (
              <li key={user.id} className="flex min-h-9 items-center justify-between gap-2">
                {user.name}
                {manages ? (
                  <IconButton
                    icon="cross"
                    writes
                    label={`Take ${user.name} out of ${team.name}`}
                    onClick={() => setDoing({ what: 'leave', user })}
                  />
                ) : null}
              </li>
            ))}
          </ul>
        </div>
        {manages ? (
          <div>
            <Button icon="plus" writes onClick={() => setDoing({ what: 'join' })}>
              Add somebody
            </Button>
          </div>
        ) : null}
      </div>
      {doing?.what === 'rename' ? <RenameTeam team={team} onClose={stop} /> : null}
      {doing?.what === 'delete' ? <DeleteTeam team={team} onClose={stop} /> : null}
      {doing?.what === 'join' ? <JoinTeam team={team} onClose={stop} /> : null}
      {doing?.what === 'leave' ? <LeaveTeam team={team} user={doing.user} onClose={stop} /> : null}
    </Card>
  )
}
