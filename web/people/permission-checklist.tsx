import { type Permission, permissionsAt } from '../access/place.ts'
import { useCall } from '../api/use-call.ts'
import { Badge } from '../ui/badge.tsx'
import { Check } from '../ui/field.tsx'

export type Kinds = Parameters<typeof permissionsAt>[1]

type PermissionChecklistProps = {
  permissions: Permission[]
  chosen: readonly string[]
  /** null: to be read, not changed. */
  onChange: ((chosen: string[]) => void) | null
  /** What it began as; what is not as it was is marked. */
  original?: readonly string[]
}

/** Permissions by area, each with its sentence. */
export function PermissionChecklist({ permissions, chosen, onChange, original }: PermissionChecklistProps) {
  const areas = [...new Set(permissions.map(({ area }) => area))]
  const inside = new Set(chosen)
  const put = (ids: string[], on: boolean) => {
    const rest = chosen.filter((id) => !ids.includes(id))
    onChange?.(on ? [...rest, ...ids] : rest)
  }
  return (
    <div className="columns-1 gap-3 md:columns-2">
      {areas.map((area) => {
        const own = permissions.filter((each) => each.area === area)
        const shown = onChange === null ? own.filter(({ id }) => inside.has(id)) : own
        return shown.length === 0 ? null : (
          <Area
            key={area}
            area={area}
            permissions={shown}
            inside={inside}
            original={original ? new Set(original) : null}
            put={onChange === null ? null : put}
          />
        )
      })}
    </div>
  )
}

type AreaProps = {
  area: string
  permissions: Permission[]
  inside: ReadonlySet<string>
  original: ReadonlySet<string> | null
  put: ((ids: string[], on: boolean) => void) | null
}

function Area({ area, permissions, inside, original, put }: AreaProps) {
  const ids = permissions.map(({ id }) => id)
  const all = ids.every((id) => inside.has(id))
  return (
    <fieldset className="mb-3 break-inside-avoid rounded-lg border border-line bg-surface px-3 pt-1.5 pb-2">
      <legend className="sr-only">{titleOf(area)}</legend>
      <div className="flex min-h-9 items-center justify-between gap-2">
        <p aria-hidden="true" className="font-semibold">
          {titleOf(area)}
        </p>
        {put ? (
          <button
            type="button"
            className="rounded px-1.5 py-0.5 text-sm text-accent hover:bg-hover"
            onClick={() => put(ids, !all)}
          >
            {all ? 'None' : 'All'}
            <span className="sr-only"> of {titleOf(area)}</span>
          </button>
        ) : null}
      </div>
      {permissions.map(({ id, sentence }) =>
        put ? (
          <Check
            key={id}
            checked={inside.has(id)}
            onChange={(event) => put([id], event.target.checked)}
            label={
              <span className="inline-flex flex-wrap items-center gap-x-1.5">
                {sentence}
                {original ? <Mark was={original.has(id)} is={inside.has(id)} /> : null}
              </span>
            }
            hint={<span className="font-mono">{id}</span>}
          />
        ) : (
          <p key={id} className="py-0.5">
            {sentence} <span className="block font-mono text-sm text-muted">{id}</span>
          </p>
        ),
      )}
    </fieldset>
  )
}

function Mark({ was, is }: { was: boolean; is: boolean }) {
  if (was === is) return null
  return <Badge tone={is ? 'good' : 'bad'}>{is ? 'added' : 'removed'}</Badge>
}

function titleOf(area: string): string {
  return `${area.charAt(0).toUpperCase()}${area.slice(1)}`
}

/** Every permission that means something at a kind of place, with its sentence. */
export function usePermissionsAt(kind: Kinds): Permission[] {
  const permissions = useCall('permissions.list', {}, { staleTime: 600_000 })
  return permissionsAt(permissions.data?.items ?? [], kind)
}
