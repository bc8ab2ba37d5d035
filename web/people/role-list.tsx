type Summary = { id: string; role: string; scope: { kind: string; name: string } }

/** Roles and where they hold, shortly; a role on the whole organization needs no place. */
export function RoleList({ grants }: { grants: Summary[] }) {
  if (grants.length === 0) return <span className="text-muted">No role</span>
  const shown = grants.slice(0, 3)
  return (
    <ul>
      {shown.map(({ id, role, scope }) => (
        <li key={id}>
          {role}
          {scope.kind === 'organization' ? null : <span className="text-muted"> on {scope.name}</span>}
        </li>
      ))}
      {grants.length > shown.length ? <li className="text-muted">and {grants.length - shown.length} more</li> : null}
    </ul>
  )
}
