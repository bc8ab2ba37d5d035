import { useId, useState } from 'react'
import { useCall, useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { useMe } from '../../session/use-me.ts'
import { Button } from '../../ui/button.tsx'
import { CopyField } from '../../ui/copy.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Check, TextArea, TextField } from '../../ui/field.tsx'
import { endOfDay } from '../../words/days.ts'
import { readPatterns } from '../../words/patterns.ts'

/** Makes a key; its token is shown once. */
export function NewKey() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button kind="primary" icon="plus" onClick={() => setOpen(true)}>
        New API key
      </Button>
      {open ? <KeyDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function KeyDialog({ onClose }: { onClose: () => void }) {
  const form = useId()
  const me = useMe()
  const permissions = useCall('permissions.list', {}, { staleTime: 600_000 })
  const [readOnly, setReadOnly] = useState(false)
  const [zones, setZones] = useState<readonly string[]>([])
  const send = useSend('api_keys.create')
  const reading = (permissions.data?.items ?? []).filter(
    ({ id, writes }) => (!writes || id === 'api.use') && id in me.permissions,
  )
  const submit = (values: Record<string, string>) => {
    const patterns = readPatterns(values['patterns'] ?? '')
    const networks = (values['networks'] ?? '').split(/[\s,]+/).filter(Boolean)
    const ceiling = {
      ...(readOnly ? { permissions: [...new Set(['api.use', ...reading.map(({ id }) => id)])] } : {}),
      ...(zones.length > 0 ? { scopes: zones.map((id) => ({ kind: 'zone' as const, id })) } : {}),
      ...(patterns.length > 0 ? { patterns } : {}),
      ...(networks.length > 0 ? { networks } : {}),
    }
    send.mutate({ body: { name: values['name'] ?? '', ceiling, expires_at: endOfDay(values['ends_at'] ?? '') } })
  }
  if (send.data) {
    return (
      <Dialog
        open
        onClose={onClose}
        title={`The key ${send.data.name}`}
        description="Copy it now; it is shown this once."
        actions={
          <Button kind="primary" onClick={onClose}>
            I have it
          </Button>
        }
      >
        <CopyField label="API key" text={send.data.token} />
        <p className="mt-3 text-muted">
          Send it as <code className="font-mono text-sm">Authorization: Bearer</code>. Whoever has it acts as you,
          within its limits.
        </p>
      </Dialog>
    )
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="New API key"
      description="It does at most what you may do. Narrow it to what it is for."
      actions={
        <Button type="submit" form={form} kind="primary" busy={send.isPending}>
          Make the key
        </Button>
      }
    >
      <Form id={form} onSubmit={submit} fault={send.error} fields={['name', 'expires_at']}>
        <TextField
          label="Name"
          name="name"
          required
          hint="What it is for, such as “certificates of the web server”."
          error={fieldError(send.error, 'name')}
        />
        <Check
          label="Read only"
          hint="It sees what you see and changes nothing."
          checked={readOnly}
          onChange={(event) => setReadOnly(event.target.checked)}
        />
        <ZoneChecks chosen={zones} onChange={setZones} />
        <TextArea
          label="Only these records"
          name="patterns"
          mono
          rows={2}
          placeholder="_acme-challenge.** (TXT)"
          hint="One pattern a line; types in brackets. Empty means no limit."
        />
        <TextField
          label="Only from these networks"
          name="networks"
          mono
          placeholder="192.0.2.0/24, 2001:db8::/32"
          hint="Empty means from anywhere."
        />
        <TextField
          label="Ends on"
          name="ends_at"
          type="date"
          hint="Empty means without end."
          error={fieldError(send.error, 'expires_at')}
        />
      </Form>
    </Dialog>
  )
}

function ZoneChecks({ chosen, onChange }: { chosen: readonly string[]; onChange: (ids: readonly string[]) => void }) {
  const [open, setOpen] = useState(false)
  const zones = useCall('zones.list', { query: { limit: 200 } }, { enabled: open })
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="font-medium">Only these zones{chosen.length > 0 ? ` (${chosen.length})` : ''}</summary>
      <fieldset className="mt-1 max-h-40 overflow-y-auto">
        <legend className="sr-only">Zones</legend>
        {zones.data?.items.map(({ id, name }) => (
          <Check
            key={id}
            label={name}
            checked={chosen.includes(id)}
            onChange={(event) => onChange(event.target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
          />
        ))}
      </fieldset>
    </details>
  )
}
