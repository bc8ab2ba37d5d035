import { useEffect } from 'react'
import { type Place, type Role, rolesAt } from '../access/place.ts'
import { RoleOptions } from '../access/role-field.tsx'
import { useCall } from '../api/use-call.ts'
import { Check, SelectField } from '../ui/field.tsx'
import { type InviteAccess, type Named, noAccess } from './invite-access.ts'
import { InviteZones } from './invite-zones.tsx'
import { MatrixTable } from './matrix-table.tsx'
import { usePlaces } from './place-field.tsx'

type InviteRoleProps = {
  realm: 'staff' | 'client'
  /** The customer a client account lives at; null for staff and for accounts of the organization itself. */
  home: Named | null
  access: InviteAccess
  onChange: (access: InviteAccess) => void
}

/** Chooses a role and at once what it may reach. */
export function InviteRole({ realm, home, access, onChange }: InviteRoleProps) {
  const roles = useCall('roles.list', {}, { staleTime: 600_000 })
  const offered = offeredTo(roles.data?.items ?? [], realm, home)
  const { role } = access
  const choose = (id: string) => {
    const next = offered.find((one) => one.id === id) ?? null
    onChange({
      ...access,
      role: next,
      places: next?.scope_kind === 'customer' && home ? [home] : [],
      customers: noAccess.customers,
    })
  }
  return (
    <>
      <SelectField
        label="Role"
        value={role?.id ?? ''}
        hint={role?.sentence}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="">Choose a role</option>
        <RoleOptions roles={offered} />
      </SelectField>
      {role && role.scope_kind !== 'organization' && !(role.scope_kind === 'customer' && home) ? (
        <PlaceChecks
          kind={role.scope_kind as Place['kind']}
          chosen={access.places}
          onChange={(places) => onChange({ ...access, places })}
        />
      ) : null}
      {role?.id === 'msp.member' ? <InviteCustomers access={access} onChange={onChange} /> : null}
      <InviteZones
        open={role?.id === 'zones.user'}
        home={home}
        chosen={access.zones}
        onChange={(zones) => onChange({ ...access, zones })}
      />
    </>
  )
}

/** A Member's customers, at once with the invitation. */
function InviteCustomers({ access, onChange }: Pick<InviteRoleProps, 'access' | 'onChange'>) {
  const customers = usePlaces('customer')
  const names = new Map(customers.map(({ id, name }) => [id, name]))
  if (customers.length === 0) return null
  return (
    <fieldset className="grid gap-1">
      <legend className="font-medium">Customers</legend>
      <MatrixTable
        customers={customers}
        matrix={access.customers.matrix}
        onChange={(matrix) => onChange({ ...access, customers: { matrix, names } })}
      />
    </fieldset>
  )
}

/** Accounts at a customer get roles of customers; those of the organization itself, roles of providers or its own. */
function offeredTo(roles: Role[], realm: 'staff' | 'client', home: Named | null): Role[] {
  const kinds: Place['kind'][] =
    realm === 'staff' ? ['organization', 'customer', 'provider'] : home ? ['customer'] : ['provider', 'organization']
  const all = kinds.flatMap((kind) => rolesAt(roles, kind, realm)).filter(({ block }) => !block)
  return [...all.filter(({ primary }) => primary), ...all.filter(({ primary }) => !primary)]
}

function PlaceChecks({
  kind,
  chosen,
  onChange,
}: {
  kind: Place['kind']
  chosen: Named[]
  onChange: (places: Named[]) => void
}) {
  const places = usePlaces(kind)
  const only = places.length === 1 ? places[0] : undefined
  // Where there is one place only, there is nothing to choose.
  useEffect(() => {
    if (only && chosen.length === 0) onChange([only])
  }, [only, chosen, onChange])
  return (
    <fieldset>
      <legend className="font-medium">{kind === 'provider' ? 'Providers they see' : 'On which'}</legend>
      <div className="max-h-48 overflow-y-auto">
        {places.map(({ id, name }) => (
          <Check
            key={id}
            label={name}
            checked={chosen.some((place) => place.id === id)}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, { id, name }] : chosen.filter((place) => place.id !== id))
            }
          />
        ))}
      </div>
    </fieldset>
  )
}
