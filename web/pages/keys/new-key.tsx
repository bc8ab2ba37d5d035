import { useState } from 'react'
import { useSend } from '../../api/use-call.ts'
import { NewKeyDialog } from '../../people/ceiling/new-key-dialog.tsx'
import { Button } from '../../ui/button.tsx'

/** Makes a key; its token is shown once. */
export function NewKey() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button kind="primary" icon="plus" onClick={() => setOpen(true)}>
        New API key
      </Button>
      {open ? <OwnKey onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function OwnKey({ onClose }: { onClose: () => void }) {
  const send = useSend('api_keys.create')
  return (
    <NewKeyDialog
      own
      title="New API key"
      busy={send.isPending}
      fault={send.error}
      made={send.data}
      onMake={(body) => send.mutate({ body })}
      onClose={onClose}
    />
  )
}
