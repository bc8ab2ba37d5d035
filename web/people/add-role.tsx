import { useState } from 'react'
import { type Place, rolesAt } from '../access/place.ts'
import { PreviewPanel } from '../access/preview-panel.tsx'
import { RoleOptions } from '../access/role-field.tsx'
import { step } from '../access/use-preview.ts'
import { useCall, useSend } from '../api/use-call.ts'
import { useMe } from '../session/use-me.ts'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/field.tsx'
import { Failure } from '../ui/states.tsx'
import { notify } from '../ui/toast.tsx'
import { PlaceField } from './place-field.tsx'
import type { Person } from './remove-user.tsx'

const kinds: Place['kind'][] = ['organization', 'customer', 'provider', 'zone', 'hosting']

/** One more role for a person: which, and where the role's kind wants a place. */
export function AddRole({ user }: { user: Person }) {
  const me = useMe()
  const roles = useCall('roles.list', {}, { staleTime: 600_000 })
  const all = kinds.flatMap((kind) => rolesAt(roles.data?.items ?? [], kind, user.realm)).filter(({ block }) => !block)
  const offered = [...all.filter(({ primary }) => primary), ...all.filter(({ primary }) => !primary)]
  const [chosen, setChosen] = useState('')
  const [place, setPlace] = useState('')
  const role = offered.find(({ id }) => id === chosen)
  const kind = (role?.scope_kind ?? 'organization') as Place['kind']
  const id = kind === 'organization' ? (me.organization?.id ?? '') : place
  const send = useSend('grants.create')
  const missing = !role ? 'Choose a role first.' : id === '' ? `Choose the ${kind} first.` : null
  const body = role && id !== '' ? { subject_id: user.id, role_id: role.id, scope: { kind, id } } : null
  const add = () => {
    if (!role || !body) return
    send.mutate({ body }, { onSuccess: () => notify(`${user.name} has ${role.name} now`) })
  }
  return (
    <section aria-label="Add a role" className="grid gap-3">
      <h3 className="font-semibold">Add a role</h3>
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label="Role"
          value={chosen}
          hint={role?.sentence}
          onChange={(event) => {
            setChosen(event.target.value)
            setPlace('')
          }}
        >
          <option value="">Choose a role</option>
          <RoleOptions roles={offered} />
        </SelectField>
        {role && kind !== 'organization' ? <PlaceField kind={kind} value={place} onChange={setPlace} /> : null}
      </div>
      {body ? <PreviewPanel steps={[step('grants.create', { body })]} /> : null}
      {send.error ? <Failure fault={send.error} /> : null}
      <div>
        <Button kind="primary" icon="plus" busy={send.isPending} refusal={missing} onClick={add}>
          Add role
        </Button>
      </div>
    </section>
  )
}
