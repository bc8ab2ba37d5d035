import type { ItemOf } from '@zoneward/api/types'
import { useState } from 'react'
import { useCall, usePages } from '../api/use-call.ts'
import { useAddress } from '../session/use-address.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { FilterSelect } from '../ui/field.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { CellDrawer } from './cell-drawer.tsx'
import { GrantDialog } from './grant-dialog.tsx'
import { HolderTable } from './holder-table.tsx'
import { firstQuestion, type Place, permissionsAt } from './place.ts'
import { RevokeGrant } from './revoke-grant.tsx'
import { WhyDrawer } from './why-drawer.tsx'

type Holder = ItemOf<'access.holders'>

/** Who has what on a place, implicit holders marked; give more, take away, and ask why. */
export function Holders({ place, refusal }: { place: Place; refusal: string | null }) {
  const [address, change] = useAddress()
  const permission = address['permission'] ?? firstQuestion[place.kind]
  const aboutRecords = place.kind === 'zone' && /^(records|changes)\./.test(permission)
  const { record = '', type = '' } = address
  const narrowed = aboutRecords && record.trim() !== '' && type !== ''
  const query = {
    permission,
    resource_kind: place.kind,
    resource_id: place.id,
    limit: 200,
    ...(narrowed ? { record_name: record.trim(), record_type: type } : {}),
  }
  const holders = usePages('access.holders', { query })
  const permissions = useCall('permissions.list', {}, { staleTime: 600_000 })
  const [why, setWhy] = useState<{ subject?: string; permission: string } | null>(null)
  const [looking, setLooking] = useState<Holder['subject'] | null>(null)
  const [ending, setEnding] = useState<Holder | null>(null)
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-muted">Who may</span>
        <FilterSelect
          label="Permission"
          value={permission}
          onChange={(event) => change({ permission: event.target.value })}
        >
          {permissionsAt(permissions.data?.items ?? [], place.kind).map(({ id, sentence }) => (
            <option key={id} value={id}>
              {sentence}
            </option>
          ))}
        </FilterSelect>
        {aboutRecords ? <RecordFilter place={place} record={record} type={type} onChange={change} /> : null}
        <div className="ml-auto flex flex-wrap items-center justify-end gap-2">
          <Button kind="quiet" icon="help" onClick={() => setWhy({ permission })}>
            Why can they do this?
          </Button>
          <GrantDialog place={place} refusal={refusal} />
        </div>
      </div>
      <Loaded query={holders}>
        {() =>
          holders.items.length > 0 ? (
            <HolderTable
              holders={holders.items}
              more={holders}
              onWhy={(holder) => setWhy({ subject: holder.subject.id, permission })}
              onLook={(holder) => setLooking(holder.subject)}
              onEnd={refusal === null ? setEnding : null}
            />
          ) : (
            <Empty icon="access" title="Nobody may do this here">
              {refusal === null ? 'Give somebody a role with “Give access”.' : null}
            </Empty>
          )
        }
      </Loaded>
      {permissions.data ? (
        <p className="text-sm text-muted">
          <Badge icon="info">Implicit</Badge> holders have it from elsewhere, such as the organization; it ends where it
          was given.
        </p>
      ) : null}
      <WhyDrawer place={place} subjects={subjectsOf(holders.items)} start={why} onClose={() => setWhy(null)} />
      {ending ? <RevokeGrant grant={{ ...ending, id: ending.grant_id }} onClose={() => setEnding(null)} /> : null}
      {looking ? <CellDrawer subject={looking} place={place} onClose={() => setLooking(null)} /> : null}
    </div>
  )
}

function subjectsOf(holders: Holder[]) {
  return [...new Map(holders.map(({ subject }) => [subject.id, { id: subject.id, name: subject.name }])).values()]
}

type RecordFilterProps = {
  place: Place
  record: string
  type: string
  onChange: (patch: { record?: string; type?: string }) => void
}

/** Who may do it with one record: whoever holds it for other records only is left out. */
function RecordFilter({ place, record, type, onChange }: RecordFilterProps) {
  const box = 'min-h-9 rounded-md border border-line bg-surface px-2.5 py-1 font-mono text-sm'
  return (
    <span className="inline-flex min-w-0 items-center gap-2">
      <span className="text-muted">with</span>
      <input
        aria-label="Record"
        placeholder={`any record of ${place.name}`}
        value={record}
        onChange={(event) => onChange({ record: event.target.value, ...(type === '' ? { type: 'A' } : {}) })}
        className={`${box} w-64 min-w-0`}
      />
      <input
        aria-label="Type of the record"
        placeholder="A"
        value={type}
        onChange={(event) => onChange({ type: event.target.value.toUpperCase() })}
        className={`${box} w-20`}
      />
    </span>
  )
}
