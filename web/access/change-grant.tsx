import type { BodyOf, ItemOf } from '@zoneward/api/types'
import { useState } from 'react'
import { useSend } from '../api/use-call.ts'
import { fieldError, isToldByFields } from '../forms/fault-fields.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { Failure } from '../ui/states.tsx'
import { notify } from '../ui/toast.tsx'
import { localOf, momentOf } from './grant-wish.ts'
import { PreviewPanel } from './preview-panel.tsx'
import { RoleField } from './role-field.tsx'
import { step, usePreview } from './use-preview.ts'

type Grant = ItemOf<'grants.list'>

/** Another role or another end for what was given; what that changes is seen before. */
export function ChangeGrant({ grant, onClose }: { grant: Grant; onClose: () => void }) {
  const [roleId, setRoleId] = useState(grant.role_id)
  const [endsAt, setEndsAt] = useState(localOf(grant.ends_at))
  const send = useSend('grants.update')
  const params = { grant_id: grant.id }
  const body = patchOf(grant, roleId, endsAt)
  const steps = body ? [step('grants.update', { params, body })] : null
  const { refusal } = usePreview(steps)
  const save = () => {
    if (!body) return
    const done = (changed: { role: string }) => {
      notify(`${grant.subject.name} has ${changed.role} on ${grant.scope.name} now`)
      onClose()
    }
    send.mutate({ params, body }, { onSuccess: done })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Change ${grant.role} of ${grant.subject.name}`}
      description={`On ${grant.scope.name}`}
      actions={
        <Button
          kind="primary"
          busy={send.isPending}
          refusal={body ? refusal : 'Nothing has been changed.'}
          onClick={save}
        >
          Save
        </Button>
      }
    >
      <div className="grid gap-4">
        <RoleField
          kind={grant.scope.kind}
          realm={grant.subject.realm}
          value={roleId}
          onChange={setRoleId}
          error={fieldError(send.error, 'role_id')}
        />
        <TextField
          label="Ends"
          type="datetime-local"
          value={endsAt}
          onChange={(event) => setEndsAt(event.target.value)}
          hint="Empty: without end."
          error={fieldError(send.error, 'ends_at')}
        />
        <PreviewPanel steps={steps} waiting="Change something to see what it does." />
        {send.error && !isToldByFields(send.error, ['role_id', 'ends_at']) ? <Failure fault={send.error} /> : null}
      </div>
    </Dialog>
  )
}

/** Only what differs is sent; null where nothing does. */
function patchOf(grant: Grant, roleId: string, endsAt: string): BodyOf<'grants.update'> | null {
  const patch = {
    ...(roleId !== '' && roleId !== grant.role_id ? { role_id: roleId } : {}),
    ...(endsAt === localOf(grant.ends_at) ? {} : { ends_at: momentOf(endsAt) }),
  }
  return Object.keys(patch).length > 0 ? patch : null
}
