import type { AnswerOf, BodyOf } from '@zoneward/api/types'
import { useState } from 'react'
import { PreviewPanel } from '../../access/preview-panel.tsx'
import { step } from '../../access/use-preview.ts'
import { useCall, useSend } from '../../api/use-call.ts'
import { fieldError, isToldByFields } from '../../forms/fault-fields.ts'
import { PermissionChecklist } from '../../people/permission-checklist.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Card } from '../../ui/page.tsx'
import { Failure, Loaded } from '../../ui/states.tsx'
import { notify } from '../../ui/toast.tsx'
import { nameOfRoleSet } from '../../words/role-sets.ts'
import { LimitRoles } from './limit-roles.tsx'
import { useCustomer } from './use-customer.ts'

type Ceiling = AnswerOf<'customer_ceilings.read'>
type Body = BodyOf<'customer_ceilings.replace'>

/** What the people of a customer can ever hold, whatever role they are given. */
export function CustomerLimits() {
  const { id } = useCustomer()
  const ceiling = useCall('customer_ceilings.read', { params: { customer_id: id } })
  return (
    <Loaded query={ceiling}>{(data) => <Limits key={JSON.stringify(data)} ceiling={data} customerId={id} />}</Loaded>
  )
}

function Limits({ ceiling, customerId }: { ceiling: Ceiling; customerId: string }) {
  const [permissions, setPermissions] = useState<readonly string[]>(ceiling.permissions)
  const [roles, setRoles] = useState<readonly string[]>(ceiling.role_ids)
  const [seats, setSeats] = useState(ceiling.seats === null ? '' : String(ceiling.seats))
  const [reset, setReset] = useState(false)
  const send = useSend('customer_ceilings.replace')
  const params = { customer_id: customerId }
  const many = seats.trim() === '' ? null : Number(seats)
  const limitsSame = sameSet(permissions, ceiling.permissions) && sameSet(roles, ceiling.role_ids)
  const same = !reset && limitsSame && many === ceiling.seats
  const began = reset || (ceiling.starts_from !== 'own' && limitsSame)
  const body: Body = began
    ? { permissions: null, role_ids: null, seats: many }
    : { permissions: [...permissions], role_ids: [...roles], seats: many }
  const save = () => send.mutate({ params, body }, { onSuccess: () => notify('The limits were saved') })
  return (
    <>
      <Start ceiling={ceiling} reset={reset} onReset={setReset} />
      {reset ? null : (
        <>
          <Permissions ceiling={ceiling} chosen={permissions} onChange={setPermissions} />
          <LimitRoles possible={ceiling.possible_role_ids} chosen={roles} onChange={setRoles} />
        </>
      )}
      <Card title="Seats" lead={`${ceiling.seats_taken.toLocaleString('en')} taken, invitations included.`}>
        <TextField
          label="At most"
          type="number"
          min={1}
          className="max-w-40"
          value={seats}
          onChange={(event) => setSeats(event.target.value)}
          hint="Empty: no limit of its own."
          error={fieldError(send.error, 'seats')}
        />
      </Card>
      {same ? null : <PreviewPanel steps={[step('customer_ceilings.replace', { params, body })]} />}
      {send.error && !isToldByFields(send.error, ['seats']) ? <Failure fault={send.error} /> : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button kind="primary" busy={send.isPending} refusal={same ? 'Nothing has been changed.' : null} onClick={save}>
          Save limits
        </Button>
      </div>
    </>
  )
}

type StartProps = { ceiling: Ceiling; reset: boolean; onReset: (reset: boolean) => void }

/** Where the limits come from, and the way back to where every customer begins. */
function Start({ ceiling, reset, onReset }: StartProps) {
  const own = ceiling.starts_from === 'own'
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <p className="max-w-2xl text-muted">
        {reset
          ? 'Once saved, these are the limits that every customer begins with. What that changes stands below.'
          : `Nobody with an account at this customer can ever do more than this, whatever role they are given. ${
              own
                ? 'The limits were set for this customer.'
                : `These are the limits that every customer begins with (${nameOfRoleSet(ceiling.starts_from)}).`
            }`}
      </p>
      {own ? (
        <Button icon="undo" onClick={() => onReset(!reset)}>
          {reset ? 'Keep its own limits' : 'Back to the role set’s limits'}
        </Button>
      ) : null}
    </div>
  )
}

type PermissionsProps = { ceiling: Ceiling; chosen: readonly string[]; onChange: (chosen: readonly string[]) => void }

function Permissions({ ceiling, chosen, onChange }: PermissionsProps) {
  const all = useCall('permissions.list', {}, { staleTime: 600_000 })
  const possible = new Set(ceiling.possible_permissions)
  return (
    <section aria-label="What they can ever do" className="grid gap-2">
      <h2 className="font-semibold">What they can ever do</h2>
      <PermissionChecklist
        permissions={(all.data?.items ?? []).filter(({ id }) => possible.has(id))}
        chosen={chosen}
        onChange={onChange}
        original={ceiling.permissions}
      />
    </section>
  )
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one))
}
