import { useState } from 'react'
import { rolesAt } from '../../access/place.ts'
import { PreviewPanel } from '../../access/preview-panel.tsx'
import { useCall, useSend } from '../../api/use-call.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Failure } from '../../ui/states.tsx'
import { notify } from '../../ui/toast.tsx'
import { dayOf, endOfDay } from '../../words/days.ts'
import { RoleAndEnd } from './role-and-end.tsx'
import type { DirectGrant } from './use-permission-rows.ts'

/** Another role, or another end, for a permission that was given here. */
export function ChangePermission({ grant, onClose }: { grant: DirectGrant; onClose: () => void }) {
  const before = grant.ends_at === null ? '' : dayOf(grant.ends_at)
  const [roleId, setRoleId] = useState(grant.role_id)
  const [end, setEnd] = useState(before)
  const roles = useCall('roles.list', {}, { staleTime: 600_000 })
  const offered = rolesAt(roles.data?.items ?? [], grant.scope.kind, grant.subject.realm)
  const role = offered.find(({ id }) => id === roleId)
  const send = useSend('grants.update')
  const params = { grant_id: grant.id }
  const body = {
    ...(roleId === grant.role_id ? {} : { role_id: roleId }),
    ...(end === before ? {} : { ends_at: endOfDay(end) }),
  }
  const same = Object.keys(body).length === 0
  const save = () => {
    const done = () => {
      notify(`The permission of ${grant.subject.name} was changed`)
      onClose()
    }
    send.mutate({ params, body }, { onSuccess: done })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Change the permission of ${grant.subject.name}`}
      description={`On ${grant.scope.name}. In force for the next request.`}
      actions={
        <Button
          kind="primary"
          busy={send.isPending}
          refusal={role ? (same ? 'Nothing has been changed.' : null) : 'Choose a role first.'}
          onClick={save}
        >
          Save
        </Button>
      }
    >
      <div className="grid gap-4">
        <RoleAndEnd roles={offered} role={role} onRole={setRoleId} end={end} onEnd={setEnd} />
        {same || !role ? null : <PreviewPanel steps={[{ operation: 'grants.update', params, body }]} />}
        {send.error ? <Failure fault={send.error} /> : null}
      </div>
    </Dialog>
  )
}
