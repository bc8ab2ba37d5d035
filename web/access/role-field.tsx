import { useEffect } from 'react'
import { useCall } from '../api/use-call.ts'
import { SelectField } from '../ui/field.tsx'
import { nameOfRoleSet } from '../words/role-sets.ts'
import { count } from '../words/times.ts'
import { type Place, type Role, rolesAt } from './place.ts'

type RoleFieldProps = {
  kind: Place['kind']
  realm?: 'staff' | 'client' | undefined
  value: string
  onChange: (id: string) => void
  label?: string
  error?: string | undefined
}

/** Chooses a role for a kind of place: the set in use first, own roles marked, with what each means below. */
export function RoleField({ kind, realm, value, onChange, label = 'Role', error }: RoleFieldProps) {
  const roles = useCall('roles.list', {}, { staleTime: 30_000 })
  const offered = rolesAt(roles.data?.items ?? [], kind, realm)
  const role = offered.find(({ id }) => id === value)
  // A role that no longer fits whoever was chosen is taken back, so that what is sent is what is seen.
  useEffect(() => {
    if (value !== '' && roles.data && !role) onChange('')
  }, [value, roles.data, role, onChange])
  return (
    <SelectField
      label={label}
      required
      error={error ?? (roles.data && offered.length === 0 ? 'No role fits here.' : undefined)}
      hint={role ? hintOf(role) : undefined}
      value={role?.id ?? ''}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">Choose a role</option>
      <RoleOptions roles={offered} />
    </SelectField>
  )
}

function hintOf({ sentence, set, permissions }: Role): string {
  return `${sentence}${set === 'custom' ? ' A role of your own.' : ''} ${count(permissions.length, 'permission')}.`.trim()
}

/** Roles as options, under the name of their set. */
export function RoleOptions({ roles }: { roles: Role[] }) {
  const sets = [...new Set(roles.map(({ set }) => set))]
  return sets.map((set) => (
    <optgroup key={set} label={set === 'custom' ? 'Your own roles' : nameOfRoleSet(set)}>
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
