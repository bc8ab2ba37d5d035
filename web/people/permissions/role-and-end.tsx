import type { Role } from '../../access/place.ts'
import { RoleOptions } from '../../access/role-field.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'

type RoleAndEndProps = {
  roles: Role[]
  role: Role | undefined
  onRole: (id: string) => void
  end: string
  onEnd: (day: string) => void
  error?: string | undefined
}

/** Which role, with what it means below, and until when. */
export function RoleAndEnd({ roles, role, onRole, end, onEnd, error }: RoleAndEndProps) {
  return (
    <div className="grid items-start gap-3 sm:grid-cols-[2fr_1fr]">
      <SelectField
        label="Role"
        value={role?.id ?? ''}
        hint={role ? <span className="line-clamp-3">{role.sentence}</span> : undefined}
        error={error}
        onChange={(event) => onRole(event.target.value)}
      >
        <option value="">Choose a role</option>
        <RoleOptions roles={roles} />
      </SelectField>
      <TextField
        label="Ends on"
        type="date"
        hint="Empty: without end."
        value={end}
        onChange={(event) => onEnd(event.target.value)}
      />
    </div>
  )
}
