import type { ItemOf } from '@zoneward/api/types'
import { useState } from 'react'
import { LockedAction } from '../../access/locked-action.tsx'
import { usePages } from '../../api/use-call.ts'
import { useAddress } from '../../session/use-address.ts'
import { holds, useMe } from '../../session/use-me.ts'
import { FilterSelect } from '../../ui/field.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { EndKey } from './end-key.tsx'
import { KeyTable } from './key-table.tsx'
import { NewKey } from './new-key.tsx'

type Key = ItemOf<'api_keys.list'>

/** API keys: never wider than their owner, narrower where wished. */
export function Keys() {
  const me = useMe()
  const [address, change] = useAddress()
  const everyone = address['owner'] === 'everyone'
  const keys = usePages('api_keys.list', { query: { owner: everyone ? 'everyone' : 'me' } })
  const [ending, setEnding] = useState<Key | null>(null)
  return (
    <Page
      title="API keys"
      lead={
        <>
          A key does at most what its owner may do, at that moment. The{' '}
          <a href="/docs/api" className="text-accent underline underline-offset-2">
            API reference
          </a>{' '}
          lists every operation.
        </>
      }
      {...(me.realm === 'staff' ? { crumbs: [{ label: 'Developer', to: '/developer/keys' }] } : {})}
      actions={
        holds(me, 'api_keys.create') ? <NewKey /> : <LockedAction permission="api_keys.create" label="New key" />
      }
    >
      <div className="grid gap-3">
        {holds(me, 'api_keys.manage') && me.realm === 'staff' ? (
          <div>
            <FilterSelect
              label="Whose keys"
              value={everyone ? 'everyone' : 'me'}
              onChange={(event) => change({ owner: event.target.value })}
            >
              <option value="me">My keys</option>
              <option value="everyone">Everyone’s keys</option>
            </FilterSelect>
          </div>
        ) : null}
        <Loaded query={keys}>
          {() =>
            keys.items.length > 0 ? (
              <KeyTable keys={keys.items} more={keys} onEnd={setEnding} />
            ) : (
              <Empty icon="key" title="No keys yet">
                Make one for each script or device, so that one can end without the others.
              </Empty>
            )
          }
        </Loaded>
      </div>
      <EndKey apiKey={ending} onClose={() => setEnding(null)} />
    </Page>
  )
}
