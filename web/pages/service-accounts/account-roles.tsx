import { useState } from 'react'
import { PreviewPanel } from '../../access/preview-panel.tsx'
import { step } from '../../access/use-preview.ts'
import { usePages, useSend } from '../../api/use-call.ts'
import { AddRole } from '../../people/add-role.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Card } from '../../ui/page.tsx'
import { Loaded } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { notify } from '../../ui/toast.tsx'
import { tellPatterns } from '../../words/patterns.ts'
import type { ServiceAccount } from './account-page.tsx'

type Grant = { id: string; role: string; scope: { name: string } }

/** What a service account may do: roles like a person’s. */
export function AccountRoles({ account }: { account: ServiceAccount }) {
  const grants = usePages('grants.list', { query: { subject_id: account.id, limit: 500 } })
  const [ending, setEnding] = useState<Grant | null>(null)
  return (
    <Card title="Roles" lead="Its keys can do nothing else.">
      <div className="grid gap-4">
        <Loaded query={grants} lines={2}>
          {() =>
            grants.items.length === 0 ? (
              <p className="text-muted">No role yet: its keys are refused everywhere.</p>
            ) : (
              <ul className="grid divide-y divide-line">
                {grants.items.map((grant) => (
                  <li key={grant.id} className="flex flex-wrap items-center justify-between gap-2 py-1.5">
                    <span className="min-w-0">
                      <span className="font-medium">{grant.role}</span>{' '}
                      <span className="text-muted">on {grant.scope.name}</span>
                      {grant.patterns ? (
                        <span className="block font-mono text-sm break-all">{tellPatterns(grant.patterns)}</span>
                      ) : null}
                      {grant.ends_at ? (
                        <Badge icon="clock">
                          ends <Time at={grant.ends_at} />
                        </Badge>
                      ) : null}
                    </span>
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
            )
          }
        </Loaded>
        <AddRole user={{ id: account.id, name: account.name, realm: 'staff' }} />
      </div>
      {ending ? <TakeAway grant={ending} account={account} onClose={() => setEnding(null)} /> : null}
    </Card>
  )
}

type TakeAwayProps = { grant: Grant; account: ServiceAccount; onClose: () => void }

function TakeAway({ grant, account, onClose }: TakeAwayProps) {
  const send = useSend('grants.delete')
  const params = { grant_id: grant.id }
  const done = () => {
    notify(`${grant.role} was taken away`)
    onClose()
  }
  return (
    <Confirm
      open
      onClose={onClose}
      title={`Take ${grant.role} away from ${account.name}?`}
      action="Take away"
      busy={send.isPending}
      fault={send.error}
      onConfirm={() => send.mutate({ params }, { onSuccess: done })}
    >
      <PreviewPanel steps={[step('grants.delete', { params })]} />
    </Confirm>
  )
}
