import { useState } from 'react'
import { PreviewPanel } from '../../access/preview-panel.tsx'
import { step } from '../../access/use-preview.ts'
import { useCall, useSend } from '../../api/use-call.ts'
import { fieldError, isToldByFields } from '../../forms/fault-fields.ts'
import { type Kinds, PermissionChecklist, usePermissionsAt } from '../../people/permission-checklist.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Card } from '../../ui/page.tsx'
import { Failure } from '../../ui/states.tsx'
import { notify } from '../../ui/toast.tsx'
import { RoleDifference } from './role-difference.tsx'
import type { RoleDetail } from './role-words.ts'

/** Edits an own role: the difference to its original stands beside it, and whom the edit touches, before it is saved. */
export function RoleEditor({ role }: { role: RoleDetail }) {
  const [name, setName] = useState(role.name)
  const [description, setDescription] = useState(role.description)
  const [chosen, setChosen] = useState<readonly string[]>(role.permissions)
  const permissions = usePermissionsAt(role.scope_kind as Kinds)
  const original = useCall('roles.read', { params: { role_id: role.based_on ?? role.id } })
  const send = useSend('roles.update')
  const params = { role_id: role.id }
  const moved = !sameSet(chosen, role.permissions)
  const body = {
    ...(name.trim() === role.name ? {} : { name: name.trim() }),
    ...(description === role.description ? {} : { description }),
    ...(moved ? { permissions: [...chosen].sort() } : {}),
  }
  const same = Object.keys(body).length === 0
  return (
    <>
      <Card title="Name">
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Name"
            required
            value={name}
            onChange={(event) => setName(event.target.value)}
            error={fieldError(send.error, 'name')}
          />
          <TextField
            label="What it is for"
            value={description}
            onChange={(event) => setDescription(event.target.value)}
            error={fieldError(send.error, 'description')}
          />
        </div>
      </Card>
      <div className="grid items-start gap-4 lg:grid-cols-[1fr_22rem]">
        <section aria-label="What it may do" className="grid gap-3">
          <h2 className="font-semibold">What it may do</h2>
          <PermissionChecklist
            permissions={permissions}
            chosen={chosen}
            onChange={setChosen}
            original={original.data?.permissions ?? role.permissions}
          />
        </section>
        <div className="grid gap-3 lg:sticky lg:top-17 lg:max-h-[calc(100dvh-10rem)] lg:overflow-y-auto">
          <RoleDifference
            original={original.data?.name ?? 'the original'}
            before={original.data?.permissions ?? role.permissions}
            after={chosen}
            permissions={permissions}
          />
          {moved ? <PreviewPanel steps={[step('roles.update', { params, body })]} /> : null}
        </div>
      </div>
      {send.error && !isToldByFields(send.error, ['name', 'description']) ? <Failure fault={send.error} /> : null}
      <div className="sticky bottom-3 z-20 flex flex-wrap items-center justify-end gap-2 rounded-lg border border-line bg-raised px-4 py-2.5 shadow-lg">
        <p role="status" className="mr-auto text-muted">
          {same ? 'Nothing has been changed.' : 'Not saved yet. In force for the next request of everybody who has it.'}
        </p>
        <Button
          kind="quiet"
          refusal={same ? 'Nothing has been changed.' : null}
          onClick={() => {
            setName(role.name)
            setDescription(role.description)
            setChosen(role.permissions)
          }}
        >
          Discard
        </Button>
        <Button
          kind="primary"
          busy={send.isPending}
          refusal={same ? 'Nothing has been changed.' : null}
          onClick={() => send.mutate({ params, body }, { onSuccess: () => notify('The role was saved') })}
        >
          Save role
        </Button>
      </div>
    </>
  )
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one))
}
