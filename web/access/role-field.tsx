import { useState } from 'react'
import { useCall } from '../api/use-call.ts'
import { SelectField } from '../ui/field.tsx'
import { nameOfRoleSet } from '../words/role-sets.ts'
import { type Place, type Role, rolesAt } from './place.ts'

type RoleFieldProps = {
  kind: Place['kind']
  realm?: 'staff' | 'client' | undefined
  name?: string
  label?: string
  error?: string | undefined
}

/** Chooses a role for a kind of place, grouped by role set, with what it means below. */
export function RoleField({ kind, realm, name = 'role_id', label = 'Role', error }: RoleFieldProps) {
  const roles = useCall('roles.list', {}, { staleTime: 600_000 })
  const offered = rolesAt(roles.data?.items ?? [], kind, realm)
  const [chosen, setChosen] = useState('')
  const role = offered.find(({ id }) => id === chosen) ?? offered[0]
  return (
    <SelectField
      label={label}
      name={name}
      required
      error={error ?? (roles.data && offered.length === 0 ? 'No role fits here.' : undefined)}
      hint={role?.sentence}
      value={role?.id ?? ''}
      onChange={(event) => setChosen(event.target.value)}
    >
      <RoleOptions roles={offered} />
    </SelectField>
  )
}

/** Roles as options, under the name of their set. */
export function RoleOptions({ roles }: { roles: Role[] }) {
  const sets = [...new Set(roles.map(({ set }) => set))]
  return sets.map((set) => (
    <optgroup key={set} label={nameOfRoleSet(set)}>
      {roles
        .filter((role) => role.set === set)
        .map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
    </optgroup>
  ))
}
