import type { ItemOf } from '@zoneward/api/types'
import { useState } from 'react'
import { RevokeGrant } from '../access/revoke-grant.tsx'
import { usePages } from '../api/use-call.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Loaded } from '../ui/states.tsx'
import { Time } from '../ui/time.tsx'
import { tellPatterns } from '../words/patterns.ts'
import { AddRole } from './add-role.tsx'
import { ClientProviders } from './client-providers.tsx'
import { MemberCustomers } from './member-customers.tsx'
import type { Person } from './remove-user.tsx'

/** Everything one person was granted: take roles away, add others. */
export function ManageUser({ user, onClose }: { user: Person; onClose: () => void }) {
  const grants = usePages('grants.list', { query: { subject_id: user.id, limit: 500 } })
  const [ending, setEnding] = useState<ItemOf<'grants.list'> | null>(null)
  return (
    <Dialog
      open
      onClose={onClose}
      shape="wide"
      title={`Manage ${user.name}`}
      description="Changes are in force for the next request."
    >
      <div className="grid gap-6">
        <section aria-label="Roles" className="grid gap-2">
          <h3 className="font-semibold">Roles</h3>
          <Loaded query={grants} lines={3}>
            {() => (
              <ul className="grid divide-y divide-line rounded-lg border border-line">
                {grants.items.length === 0 ? <li className="p-3 text-muted">No role yet.</li> : null}
                {grants.items.map((grant) => (
                  <li key={grant.id} className="flex flex-wrap items-center justify-between gap-2 px-3 py-2">
                    <div className="min-w-0">
                      <span className="font-medium">{grant.role}</span>{' '}
                      <span className="text-muted">on {grant.scope.name}</span>
                      {grant.patterns ? <p className="font-mono text-sm">{tellPatterns(grant.patterns)}</p> : null}
                      {grant.ends_at ? (
                        <Badge icon="clock">
                          ends <Time at={grant.ends_at} />
                        </Badge>
                      ) : null}
                    </div>
                    <Button
                      kind="quiet"
                      icon="trash"
                      writes
                      aria-label={`Take away ${grant.role} on ${grant.scope.name}`}
                      refusal={grant.revocable ? null : 'You can take away only what you could give.'}
                      onClick={() => setEnding(grant)}
                    >
                      Take away
                    </Button>
                  </li>
                ))}
              </ul>
            )}
          </Loaded>
        </section>
        <AddRole user={user} />
        <MemberCustomers user={user} grants={grants.items} />
        <ClientProviders user={user} grants={grants.items} />
      </div>
      {ending ? <RevokeGrant grant={ending} onClose={() => setEnding(null)} /> : null}
    </Dialog>
  )
}
