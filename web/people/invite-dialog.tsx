import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { InviteForm } from './invite-form.tsx'

/** Invites somebody: to the organization from Settings > Team, or to one customer. */
export function InviteDialog({ customer }: { customer?: { id: string; name: string } }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button kind="primary" icon="mail" onClick={() => setOpen(true)}>
        {customer ? 'Invite' : 'Invite user'}
      </Button>
      {open ? <InviteForm customer={customer} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
