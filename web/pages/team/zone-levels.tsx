import { useParams } from '@tanstack/react-router'
import type { ItemOf } from '@zoneward/api/types'
import { useState } from 'react'
import { PreviewPanel } from '../../access/preview-panel.tsx'
import { step } from '../../access/use-preview.ts'
import { useCall, usePages, useSend } from '../../api/use-call.ts'
import { pathsFrom } from '../../paths.ts'
import { useAddress } from '../../session/use-address.ts'
import { holds, useMe } from '../../session/use-me.ts'
import { LevelBadge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { FilterSelect } from '../../ui/field.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Empty, Failure, Loaded } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { notify } from '../../ui/toast.tsx'
import { count } from '../../words/times.ts'

type Row = ItemOf<'zone_access.read'>
type Level = Row['level']
const paths = pathsFrom('')

/** Every zone with No access, Read only or Read & write for one person; levels from elsewhere are locked. */
export function ZoneLevels() {
  const { userId = '' } = useParams({ strict: false }) as { userId?: string }
  const [{ q }, change] = useAddress()
  const [staged, setStaged] = useState<ReadonlyMap<string, Level>>(new Map())
  const rows = usePages('zone_access.read', { params: { user_id: userId }, query: { limit: 200, ...(q ? { q } : {}) } })
  const send = useSend('zone_access.replace')
  const person = useName(userId)
  const levels = [...staged].map(([zone_id, level]) => ({ zone_id, level }))
  const save = () => {
    const done = () => {
      setStaged(new Map())
      notify(`The zone access of ${person} was saved`)
    }
    send.mutate({ params: { user_id: userId }, body: { levels } }, { onSuccess: done })
  }
  const set = ({ zone, level }: Row, next: Level) => {
    const after = new Map(staged)
    if (next === level) after.delete(zone.id)
    else after.set(zone.id, next)
    setStaged(after)
  }
  return (
    <Page
      title={`Zone access of ${person}`}
      lead="In force for the next request. New zones have no access until it is given here."
      crumbs={[{ label: 'Team', to: paths.team }]}
      actions={
        <Button
          kind="primary"
          busy={send.isPending}
          refusal={staged.size === 0 ? 'Nothing has been changed.' : null}
          onClick={save}
        >
          {staged.size === 0 ? 'Save changes' : `Save changes (${staged.size})`}
        </Button>
      }
    >
      <div className="grid gap-3">
        <SearchBox label="Search zones" value={q ?? ''} onChange={(text) => change({ q: text })} />
        {send.error ? <Failure fault={send.error} /> : null}
        {levels.length > 0 ? (
          <PreviewPanel steps={[step('zone_access.replace', { params: { user_id: userId }, body: { levels } })]} />
        ) : null}
        <p role="status" className="sr-only">
          {staged.size > 0 ? `${count(staged.size, 'zone')} changed, not saved yet` : ''}
        </p>
        <Loaded query={rows}>
          {() =>
            rows.items.length > 0 ? (
              <Table
                label="Zone access"
                rows={rows.items}
                columns={columnsOf(staged, set)}
                keyOf={({ zone }) => zone.id}
                more={rows}
              />
            ) : (
              <Empty icon="zones" title={q ? 'No zone fits' : 'There are no zones yet'} />
            )
          }
        </Loaded>
      </div>
    </Page>
  )
}

function columnsOf(staged: ReadonlyMap<string, Level>, set: (row: Row, level: Level) => void): Column<Row>[] {
  return [
    { header: 'Zone', role: 'title', cell: ({ zone }) => <span className="break-all">{zone.name}</span> },
    {
      header: 'Access',
      cell: (row) => (
        <FilterSelect
          label={`Access to ${row.zone.name}`}
          value={staged.get(row.zone.id) ?? row.level}
          onChange={(event) => set(row, event.target.value as Level)}
        >
          <option value="none">No access</option>
          <option value="read">Read only</option>
          <option value="write">Read & write</option>
        </FilterSelect>
      ),
    },
    {
      header: 'From elsewhere',
      cell: ({ inherited }) =>
        inherited && inherited.level !== 'none' ? (
          <span className="inline-flex flex-wrap items-center gap-1.5">
            <LevelBadge level={inherited.level} />
            <span className="text-muted">{inherited.from}</span>
          </span>
        ) : (
          <span className="text-muted">none</span>
        ),
    },
  ]
}

function useName(id: string): string {
  const me = useMe()
  const members = useCall('members.list', { query: { limit: 1000 } }, { enabled: holds(me, 'members.view') })
  const clients = useCall(
    'client_users.list',
    { query: { limit: 1000 } },
    { enabled: holds(me, 'client_users.manage') },
  )
  const all = [...(members.data?.items ?? []), ...(clients.data?.items ?? [])]
  return all.find((user) => user.id === id)?.name ?? 'this person'
}
