import { useState } from 'react'
import { call } from '../../api/call.ts'
import { asFault } from '../../api/fault.ts'
import { useCall } from '../../api/use-call.ts'
import { saveFile } from '../../session/save-file.ts'
import { useAddress } from '../../session/use-address.ts'
import { holds, useMe } from '../../session/use-me.ts'
import { Button } from '../../ui/button.tsx'
import { FilterSelect } from '../../ui/field.tsx'
import { Page } from '../../ui/page.tsx'
import { notify } from '../../ui/toast.tsx'
import { aboutTeams, auditGroups, auditKinds } from '../../words/audit-kinds.ts'
import { endOfDay, startOfDay } from '../../words/days.ts'
import { AuditTable } from './audit-table.tsx'
import { OwnActivity } from './own-activity.tsx'
import { PersonFilter } from './person-filter.tsx'

/** The audit log for who may see it; for everyone else its own actions. */
export function Activity() {
  const me = useMe()
  const [address] = useAddress()
  const all = me.realm === 'staff' && holds(me, 'audit.view')
  if (!all) {
    return (
      <Page title="Activity" lead="What you did here.">
        <OwnActivity />
      </Page>
    )
  }
  const { customer_id, action, from, until, actor_id } = address
  const query = {
    ...(customer_id ? { customer_id } : {}),
    ...(action ? { action } : {}),
    ...(actor_id ? { actor_id } : {}),
    ...(from && startOfDay(from) ? { from: startOfDay(from) ?? '' } : {}),
    ...(until && endOfDay(until) ? { until: endOfDay(until) ?? '' } : {}),
  }
  return (
    <Page
      title="Activity"
      lead="Everything that was done, by whom; chained by hash, so that a change of the past is found."
      actions={me.permissions['audit.view']?.includes('organization') ? <Export /> : null}
    >
      <div className="grid gap-3">
        <Filters />
        <AuditTable query={query} />
      </div>
    </Page>
  )
}

function Filters() {
  const me = useMe()
  const [address, change] = useAddress()
  const customers = useCall('customers.list', { query: { limit: 1000 } }, { enabled: holds(me, 'customers.view') })
  const day = 'min-h-9 rounded-md border border-line bg-surface px-2.5 py-1'
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FilterSelect
        label="Customer"
        value={address['customer_id'] ?? ''}
        onChange={(event) => change({ customer_id: event.target.value })}
      >
        <option value="">All customers</option>
        {customers.data?.items.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </FilterSelect>
      <FilterSelect
        label="Kind"
        value={address['action'] ?? ''}
        onChange={(event) => change({ action: event.target.value })}
      >
        <option value="">Everything</option>
        {auditGroups.map((group) => (
          <optgroup key={group} label={group}>
            {auditKinds
              .filter(([id, , own]) => own === group && (me.team_features || !aboutTeams(id)))
              .map(([id, words]) => (
                <option key={id} value={id}>
                  {words}
                </option>
              ))}
          </optgroup>
        ))}
      </FilterSelect>
      <PersonFilter value={address['actor_id'] ?? ''} onChange={(id) => change({ actor_id: id })} />
      <input
        type="date"
        aria-label="From"
        className={day}
        value={address['from'] ?? ''}
        onChange={(event) => change({ from: event.target.value })}
      />
      <span className="text-muted">to</span>
      <input
        type="date"
        aria-label="Until"
        className={day}
        value={address['until'] ?? ''}
        onChange={(event) => change({ until: event.target.value })}
      />
    </div>
  )
}

function Export() {
  const [busy, setBusy] = useState(false)
  const download = () => {
    setBusy(true)
    call('audit_events.export', {})
      .then((text) => saveFile('zoneward-audit.ndjson', 'application/x-ndjson', text))
      .catch((error: unknown) => notify(asFault(error).message, true))
      .finally(() => setBusy(false))
  }
  return (
    <Button icon="download" writes busy={busy} onClick={download}>
      Export with checkpoint
    </Button>
  )
}
