import { PreviewPanel } from '../../access/preview-panel.tsx'
import { useSend } from '../../api/use-call.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { notify } from '../../ui/toast.tsx'
import type { DirectGrant } from './use-permission-rows.ts'

/** Takes a permission away, after who loses what was shown. */
export function RemovePermission({ grant, onClose }: { grant: DirectGrant; onClose: () => void }) {
  const send = useSend('grants.delete')
  const params = { grant_id: grant.id }
  const done = () => {
    notify(`${grant.role} of ${grant.subject.name} was removed`)
    onClose()
  }
  return (
    <Confirm
      open
      onClose={onClose}
      title={`Remove ${grant.role} of ${grant.subject.name}?`}
      action="Remove"
      busy={send.isPending}
      fault={send.error}
      onConfirm={() => send.mutate({ params }, { onSuccess: done })}
    >
      <div className="grid gap-3">
        <p>
          {grant.subject.name} loses what comes with {grant.role} on {grant.scope.name}. In force for the next request.
        </p>
        <PreviewPanel steps={[{ operation: 'grants.delete', params }]} />
      </div>
    </Confirm>
  )
}
