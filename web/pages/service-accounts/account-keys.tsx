import type { ItemOf } from '@zoneward/api/types'
import { useState } from 'react'
import { usePages, useSend } from '../../api/use-call.ts'
import { NewKeyDialog } from '../../people/ceiling/new-key-dialog.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/page.tsx'
import { Loaded } from '../../ui/states.tsx'
import { EndKey } from '../keys/end-key.tsx'
import { KeyTable } from '../keys/key-table.tsx'
import type { ServiceAccount } from './account-page.tsx'

/** The keys of a service account. */
export function AccountKeys({ account }: { account: ServiceAccount }) {
  const keys = usePages('api_keys.list', { query: { owner: 'everyone', owner_id: account.id } })
  const [making, setMaking] = useState(false)
  const [ending, setEnding] = useState<ItemOf<'api_keys.list'> | null>(null)
  return (
    <Card
      title="Keys"
      lead="One for each place it runs at, so that one can end without the others."
      actions={
        <Button icon="plus" writes onClick={() => setMaking(true)}>
          New key
        </Button>
      }
    >
      <Loaded query={keys} lines={2}>
        {() =>
          keys.items.length > 0 ? (
            <KeyTable keys={keys.items} more={keys} onEnd={setEnding} />
          ) : (
            <p className="text-muted">No keys yet.</p>
          )
        }
      </Loaded>
      {making ? <MakeKey account={account} onClose={() => setMaking(false)} /> : null}
      <EndKey apiKey={ending} onClose={() => setEnding(null)} />
    </Card>
  )
}

function MakeKey({ account, onClose }: { account: ServiceAccount; onClose: () => void }) {
  const send = useSend('service_accounts.keys.create')
  return (
    <NewKeyDialog
      own={false}
      title={`New key of ${account.name}`}
      busy={send.isPending}
      fault={send.error}
      made={send.data}
      onMake={(body) => send.mutate({ params: { service_account_id: account.id }, body })}
      onClose={onClose}
    />
  )
}
