import { useState } from 'react'
import { useRefusal } from '../../access/use-refusal.ts'
import { useSend } from '../../api/use-call.ts'
import { CustomerField, ProviderField } from '../../forms/place-fields.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/page.tsx'
import { Failure } from '../../ui/states.tsx'
import { notify } from '../../ui/toast.tsx'
import { useZone } from './use-zone.ts'

/** Whose zone this is, and where it lives. */
export function ZonePlace() {
  const zone = useZone()
  const [customer, setCustomer] = useState(zone.customer?.id ?? '')
  const [provider, setProvider] = useState(zone.provider.id)
  const send = useSend('zones.update')
  const refusal = useRefusal(zone.can, 'zones.settings.manage', { kind: 'zone', id: zone.id })
  const same = customer === (zone.customer?.id ?? '') && provider === zone.provider.id
  const save = () => {
    const body = {
      ...(customer === (zone.customer?.id ?? '') ? {} : { customer_id: customer || null }),
      ...(provider === zone.provider.id ? {} : { provider_id: provider }),
    }
    send.mutate({ params: { zone_id: zone.id }, body }, { onSuccess: () => notify(`${zone.name} was assigned`) })
  }
  return (
    <Card title="Assignment" lead="Who has access through either of them gains or loses this zone at once.">
      <div className="grid gap-4 sm:grid-cols-2">
        <CustomerField value={customer} onChange={setCustomer} />
        <ProviderField value={provider} onChange={setProvider} />
      </div>
      <div className="mt-4 grid gap-3">
        {send.error ? <Failure fault={send.error} /> : null}
        <div>
          <Button
            kind="primary"
            busy={send.isPending}
            refusal={refusal ?? (same ? 'Nothing has been changed.' : null)}
            onClick={save}
          >
            Save
          </Button>
        </div>
      </div>
    </Card>
  )
}
