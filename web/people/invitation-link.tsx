import type { AnswerOf } from '@zoneward/api/types'
import { Button } from '../ui/button.tsx'
import { CopyField } from '../ui/copy.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Time } from '../ui/time.tsx'

type Invitation = AnswerOf<'invitations.create'>

/** After sending: the link to hand over where mail goes to a folder, or the word that a mail is on its way. */
export function InvitationLink({ invitation, onClose }: { invitation: Invitation | null; onClose: () => void }) {
  return (
    <Dialog
      open={invitation !== null}
      onClose={onClose}
      title="The invitation is out"
      actions={
        <Button kind="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      {invitation ? <InvitationResult invitation={invitation} /> : null}
    </Dialog>
  )
}

export function InvitationResult({ invitation }: { invitation: Invitation }) {
  return (
    <div className="grid gap-3">
      {invitation.link ? (
        <>
          <p>
            This server sends no mail yet, so hand this link to <strong>{invitation.email}</strong> yourself. It works
            once.
          </p>
          <CopyField label="Link of the invitation" text={invitation.link} />
        </>
      ) : (
        <p>
          A mail with the link is on its way to <strong>{invitation.email}</strong>.
        </p>
      )}
      <p className="text-muted">
        It ends <Time at={invitation.expires_at} />.
      </p>
    </div>
  )
}
