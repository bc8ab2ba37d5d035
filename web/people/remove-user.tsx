import { PreviewPanel } from '../access/preview-panel.tsx'
import { step } from '../access/use-preview.ts'
import { useSend } from '../api/use-call.ts'
import { Confirm } from '../ui/confirm.tsx'
import { notify } from '../ui/toast.tsx'

export type Person = { id: string; name: string; realm: 'staff' | 'client' }

/** Ends a member's or a client's account here. */
export function RemoveUser({ user, onClose }: { user: Person; onClose: () => void }) {
  const member = useSend('members.delete')
  const client = useSend('client_users.delete')
  const send = user.realm === 'staff' ? member : client
  const done = () => {
    notify(`${user.name} was removed`)
    onClose()
  }
  const remove = () =>
    user.realm === 'staff'
      ? member.mutate({ params: { member_id: user.id } }, { onSuccess: done })
      : client.mutate({ params: { client_user_id: user.id } }, { onSuccess: done })
  return (
    <Confirm
      open
      onClose={onClose}
      title={`Remove ${user.name}?`}
      action="Remove"
      busy={send.isPending}
      fault={send.error}
      onConfirm={remove}
    >
      <div className="grid gap-3">
        <p>
          What they were granted, their API keys and their sessions here end at once. This cannot be undone; they can be
          invited again.
        </p>
        <PreviewPanel steps={[removal(user)]} />
      </div>
    </Confirm>
  )
}

function removal({ id, realm }: Person) {
  return realm === 'staff'
    ? step('members.delete', { params: { member_id: id } })
    : step('client_users.delete', { params: { client_user_id: id } })
}
