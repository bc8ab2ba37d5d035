import { useState } from 'react'
import { rolesAt } from '../../access/place.ts'
import { PreviewPanel } from '../../access/preview-panel.tsx'
import { type SubjectChoice, SubjectField } from '../../access/subject-field.tsx'
import { useCall, useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Failure } from '../../ui/states.tsx'
import { notify } from '../../ui/toast.tsx'
import { endOfDay } from '../../words/days.ts'
import { RoleAndEnd } from './role-and-end.tsx'
import type { CardPlace } from './use-permission-rows.ts'

/** Passes a role on a customer or a hosting on, to a user or a team. */
export function NewPermission({ place, onClose }: { place: CardPlace; onClose: () => void }) {
  const [subject, setSubject] = useState<SubjectChoice | null>(null)
  const [roleId, setRoleId] = useState('')
  const [end, setEnd] = useState('')
  const roles = useCall('roles.list', {}, { staleTime: 600_000 })
  const offered = rolesAt(roles.data?.items ?? [], place.kind, subject?.realm).filter(({ block }) => !block)
  const role = offered.find(({ id }) => id === roleId)
  const send = useSend('grants.create')
  const body =
    subject && role
      ? {
          subject_id: subject.id,
          role_id: role.id,
          scope: { kind: place.kind, id: place.id },
          ends_at: endOfDay(end),
        }
      : null
  const give = () => {
    if (body === null) return
    const done = () => {
      notify(`${subject?.name} has ${role?.name} on ${place.name} now`)
      onClose()
    }
    send.mutate({ body }, { onSuccess: done })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Add a permission on ${place.name}`}
      description="You can pass on what you hold here yourself."
      actions={
        <Button
          kind="primary"
          busy={send.isPending}
          refusal={subject ? (role ? null : 'Choose a role first.') : 'Choose somebody first.'}
          onClick={give}
        >
          Add permission
        </Button>
      }
    >
      <div className="grid gap-4">
        <SubjectField value={subject} onChange={setSubject} error={fieldError(send.error, 'subject_id')} />
        <RoleAndEnd
          roles={offered}
          role={role}
          onRole={setRoleId}
          end={end}
          onEnd={setEnd}
          error={fieldError(send.error, 'role_id')}
        />
        {body ? <PreviewPanel steps={[{ operation: 'grants.create', body }]} /> : null}
        {send.error ? <Failure fault={send.error} /> : null}
      </div>
    </Dialog>
  )
}
