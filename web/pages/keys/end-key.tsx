import type { ItemOf } from '@zoneward/api/types'
import { useSend } from '../../api/use-call.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { notify } from '../../ui/toast.tsx'

type Key = ItemOf<'api_keys.list'>

export function EndKey({ apiKey, onClose }: { apiKey: Key | null; onClose: () => void }) {
  const send = useSend('api_keys.delete')
  const done = () => {
    notify(`The key ${apiKey?.name} has ended`)
    onClose()
  }
  return (
    <Confirm
      open={apiKey !== null}
      onClose={onClose}
      title={`End the key ${apiKey?.name ?? ''}?`}
      action="End key"
      busy={send.isPending}
      fault={send.error}
      onConfirm={() => apiKey && send.mutate({ params: { api_key_id: apiKey.id } }, { onSuccess: done })}
    >
      Whatever uses it is refused from its next request on. This cannot be undone.
    </Confirm>
  )
}
