import type { ItemOf } from '@zoneward/api/types'
import { useState } from 'react'
import { PreviewPanel } from '../access/preview-panel.tsx'
import { step } from '../access/use-preview.ts'
import { useSend } from '../api/use-call.ts'
import { Button } from '../ui/button.tsx'
import { Check } from '../ui/field.tsx'
import { Failure } from '../ui/states.tsx'
import { notify } from '../ui/toast.tsx'
import { usePlaces } from './place-field.tsx'
import type { Person } from './remove-user.tsx'

/** The providers of a monitoring Client, changed in one step; shown for who has that role. */
export function ClientProviders({ user, grants }: { user: Person; grants: ItemOf<'grants.list'>[] }) {
  const own = grants.filter(({ role_id }) => role_id === 'monitoring.client').map(({ scope }) => scope.id)
  if (own.length === 0) return null
  return <Choice key={own.join()} user={user} own={own} />
}

function Choice({ user, own }: { user: Person; own: string[] }) {
  const providers = usePlaces('provider')
  const [chosen, setChosen] = useState<readonly string[]>(own)
  const send = useSend('provider_access.replace')
  const same = chosen.length === own.length && chosen.every((id) => own.includes(id))
  const parts = { params: { user_id: user.id }, body: { provider_ids: [...chosen] } }
  const save = () => send.mutate(parts, { onSuccess: () => notify(`The providers of ${user.name} were saved`) })
  return (
    <section aria-label="Providers" className="grid gap-2">
      <h3 className="font-semibold">Providers that {user.name} sees</h3>
      <fieldset>
        <legend className="sr-only">Providers</legend>
        {providers.map(({ id, name }) => (
          <Check
            key={id}
            label={name}
            checked={chosen.includes(id)}
            onChange={(event) => setChosen(event.target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
          />
        ))}
      </fieldset>
      {same ? null : <PreviewPanel steps={[step('provider_access.replace', parts)]} />}
      {send.error ? <Failure fault={send.error} /> : null}
      <div>
        <Button writes busy={send.isPending} refusal={same ? 'Nothing has been changed.' : null} onClick={save}>
          Save providers
        </Button>
      </div>
    </section>
  )
}
