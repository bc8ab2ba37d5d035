import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Guarded } from '../../access/guarded.tsx'
import { useSend } from '../../api/use-call.ts'
import { pathsFrom } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Card } from '../../ui/page.tsx'
import { notify } from '../../ui/toast.tsx'
import { count } from '../../words/times.ts'
import { useZone } from './use-zone.ts'

export function DeleteZone() {
  const zone = useZone()
  const [asking, setAsking] = useState(false)
  const navigate = useNavigate()
  const send = useSend('zones.delete', { leaves: true })
  const done = () => {
    notify(`${zone.name} was deleted`)
    void navigate({ to: pathsFrom('').zones } as never)
  }
  return (
    <Card
      title="Delete this zone"
      lead="Its records and its history go with it. This cannot be undone; export the zone file first."
    >
      <Guarded can={zone.can} permission="zones.delete" resource={{ kind: 'zone', id: zone.id }}>
        {(refusal) => (
          <Button kind="danger" icon="trash" refusal={refusal} onClick={() => setAsking(true)}>
            Delete zone
          </Button>
        )}
      </Guarded>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={`Delete ${zone.name}?`}
        action="Delete zone"
        typeName={zone.name}
        busy={send.isPending}
        fault={send.error}
        onConfirm={() => send.mutate({ params: { zone_id: zone.id } }, { onSuccess: done })}
      >
        {count(zone.records, 'record')} and the whole history will be gone, and its names are no longer answered. This
        cannot be undone.
      </Confirm>
    </Card>
  )
}
