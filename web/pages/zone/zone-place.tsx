import { useState } from 'react'
import { Guarded } from '../../access/guarded.tsx'
import { PreviewPanel } from '../../access/preview-panel.tsx'
import { step, usePreview } from '../../access/use-preview.ts'
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
  const same = customer === (zone.customer?.id ?? '') && provider === zone.provider.id
  const parts = {
    params: { zone_id: zone.id },
    body: {
      ...(customer === (zone.customer?.id ?? '') ? {} : { customer_id: customer || null }),
      ...(provider === zone.provider.id ? {} : { provider_id: provider }),
    },
  }
  const steps = same ? null : [step('zones.update', parts)]
  const preview = usePreview(steps)
  const save = () => {
    send.mutate(parts, { onSuccess: () => notify(`${zone.name} was assigned`) })
  }
  return (
    <Card title="Assignment" lead="Who has access through either of them gains or loses this zone at once.">
      <div className="grid gap-4 sm:grid-cols-2">
        <CustomerField value={customer} onChange={setCustomer} />
        <ProviderField value={provider} onChange={setProvider} />
      </div>
      <div className="mt-4 grid gap-3">
        {steps ? <PreviewPanel steps={steps} /> : null}
        {send.error ? <Failure fault={send.error} /> : null}
        <div>
          <Guarded can={zone.can} permission="zones.settings.manage" resource={{ kind: 'zone', id: zone.id }}>
            {(refusal) => (
              <Button
                kind="primary"
                busy={send.isPending}
                refusal={refusal ?? (same ? 'Nothing has been changed.' : preview.refusal)}
                onClick={save}
              >
                Save
              </Button>
            )}
          </Guarded>
        </div>
      </div>
    </Card>
  )
}
