import type { AnswerOf } from '@zoneward/api/types'
import { Button } from '../../ui/button.tsx'
import { CopyField } from '../../ui/copy.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Time } from '../../ui/time.tsx'

/** The link, this once. */
export function GuestLinkMade({ link, onClose }: { link: AnswerOf<'guest_links.create'>; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title="The guest link"
      description="Copy it now; it is shown this once."
      actions={
        <Button kind="primary" harmless onClick={onClose}>
          I have it
        </Button>
      }
    >
      <div className="grid gap-3">
        <CopyField label="Guest link" text={link.link} />
        <p className="text-muted">
          Whoever has it can {link.may_propose ? 'see these records and propose changes of them' : 'see these records'}.
          It ends <Time at={link.ends_at} />.
        </p>
      </div>
    </Dialog>
  )
}
