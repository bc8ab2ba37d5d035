import { useState } from 'react'
import { Guarded } from '../../access/guarded.tsx'
import { useSend } from '../../api/use-call.ts'
import { holds, useMe } from '../../session/use-me.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Card } from '../../ui/page.tsx'

const permission = 'organization.delete'

/** The end of an organization, for who holds that right in it. */
export function DeleteOrganization({ id, name }: { id: string; name: string }) {
  const me = useMe()
  const [asking, setAsking] = useState(false)
  const send = useSend('organization.delete', { leaves: true })
  // Whoever deleted it is at home nowhere or elsewhere now: everything of it is forgotten with the page.
  const done = () => window.location.assign('/')
  return (
    <Card
      title="Delete this organization"
      lead="Everything in it goes with it. This cannot be undone; export the zone files first."
    >
      <Guarded
        can={{ [permission]: holds(me, permission) }}
        permission={permission}
        resource={{ kind: 'organization', id }}
      >
        {(refusal) => (
          <Button kind="danger" icon="trash" refusal={refusal} onClick={() => setAsking(true)}>
            Delete organization
          </Button>
        )}
      </Guarded>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={`Delete ${name}?`}
        action="Delete organization"
        typeName={name}
        busy={send.isPending}
        fault={send.error}
        onConfirm={() => send.mutate({ query: { name } }, { onSuccess: done })}
      >
        Its customers, zones and records go with it, its client accounts and everybody’s access to it, API keys,
        requests and reviews, and its activity log. Its zones are no longer answered. Accounts of staff stay, for the
        other organizations they are in. This cannot be undone.
      </Confirm>
    </Card>
  )
}
