import { useCall } from '../../api/use-call.ts'
import { Check } from '../../ui/field.tsx'
import { Card } from '../../ui/page.tsx'
import { nameOfRoleSet } from '../../words/role-sets.ts'
import { count } from '../../words/times.ts'

type LimitRolesProps = {
  possible: readonly string[]
  chosen: readonly string[]
  onChange: (chosen: readonly string[]) => void
}

/** The roles that the customer's own admin may hand out. */
export function LimitRoles({ possible, chosen, onChange }: LimitRolesProps) {
  const roles = useCall('roles.list', {}, { staleTime: 30_000 })
  const offered = (roles.data?.items ?? []).filter(({ id }) => possible.includes(id))
  const sets = [...new Set(offered.map(({ set }) => set))]
  return (
    <Card
      title="Roles that their admin may hand out"
      lead="You can give every role yourself. What is in each stands under Access, Roles."
    >
      <div className="columns-1 gap-6 sm:columns-2 lg:columns-3">
        {sets.map((set) => (
          <fieldset key={set} className="mb-3 break-inside-avoid">
            <legend className="text-sm font-medium text-muted">
              {set === 'custom' ? 'Roles of your own' : nameOfRoleSet(set)}
            </legend>
            {offered
              .filter((role) => role.set === set)
              .map(({ id, name, permissions }) => (
                <Check
                  key={id}
                  label={name}
                  hint={count(permissions.length, 'permission')}
                  checked={chosen.includes(id)}
                  onChange={(event) =>
                    onChange(event.target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
                  }
                />
              ))}
          </fieldset>
        ))}
        {roles.data && offered.length === 0 ? <p className="text-muted">No role can be handed out here.</p> : null}
      </div>
    </Card>
  )
}
