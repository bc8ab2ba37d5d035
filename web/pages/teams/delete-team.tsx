import { PreviewPanel } from '../../access/preview-panel.tsx'
import { useSend } from '../../api/use-call.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { notify } from '../../ui/toast.tsx'
import type { Team } from './team-card.tsx'

export function DeleteTeam({ team, onClose }: { team: Team; onClose: () => void }) {
  const send = useSend('teams.delete')
  const params = { team_id: team.id }
  const done = () => {
    notify(`The team ${team.name} was deleted`)
    onClose()
  }
  return (
    <Confirm
      open
      onClose={onClose}
      title={`Delete the team ${team.name}?`}
      action="Delete team"
      busy={send.isPending}
      fault={send.error}
      onConfirm={() => send.mutate({ params }, { onSuccess: done })}
    >
      <div className="grid gap-3">
        <p>What the team was given ends for everybody in it. The people stay. This cannot be undone.</p>
        <PreviewPanel steps={[{ operation: 'teams.delete', params }]} />
      </div>
    </Confirm>
  )
}
