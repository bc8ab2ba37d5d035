import { useMe } from '../../session/use-me.ts'
import { Card } from '../../ui/page.tsx'

/** What this person was given, in roles and places. */
export function YourAccess() {
  const { grants } = useMe()
  return (
    <Card title="Your access">
      {grants.length === 0 ? (
        <p className="text-muted">
          You have an account, but nothing was assigned to you yet. Your provider can do that.
        </p>
      ) : null}
      <ul className="grid divide-y divide-line">
        {grants.map((grant) => (
          <li
            key={`${grant.role_id} ${grant.scope.id} ${grant.via ?? ''}`}
            className="flex flex-wrap justify-between gap-x-4 py-2"
          >
            <span className="font-medium">{grant.role}</span>
            <span className="text-muted">
              on {grant.scope.name}
              {grant.via ? ` through ${grant.via}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
