import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useSend } from '../../api/use-call.ts'
import { pathsFrom } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { notify } from '../../ui/toast.tsx'
import { type RoleDetail, tellUses } from './role-words.ts'

/** Deletes an own role; one in use says by whom instead. */
export function DeleteRole({ role }: { role: RoleDetail }) {
  const [asking, setAsking] = useState(false)
  const navigate = useNavigate()
  const send = useSend('roles.delete', { leaves: true })
  const uses = tellUses(role)
  const done = () => {
    notify(`${role.name} was deleted`)
    void navigate({ to: pathsFrom('').roles } as never)
  }
  return (
    <>
      <Button
        kind="danger"
        icon="trash"
        refusal={uses ? `It is in use by ${uses}. Take it away there first.` : null}
        onClick={() => setAsking(true)}
      >
        Delete role
      </Button>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={`Delete the role ${role.name}?`}
        action="Delete role"
        busy={send.isPending}
        fault={send.error}
        onConfirm={() => send.mutate({ params: { role_id: role.id } }, { onSuccess: done })}
      >
        Nobody has it. It is no longer offered anywhere. This cannot be undone.
      </Confirm>
    </>
  )
}
