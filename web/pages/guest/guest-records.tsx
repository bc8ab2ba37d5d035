import type { AnswerOf } from '@zoneward/api/types'
import { useState } from 'react'
import { usePages } from '../../api/use-call.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { apexOf, type Values, valuesOf, type ZoneRecord } from '../zone-editor/record.ts'
import { RecordForm } from '../zone-editor/record-form.tsx'
import { nothingStaged, type Staged, stageCreate, stageDeletes, stageUpdate, unstage } from '../zone-editor/staging.ts'
import { GuestProposal } from './guest-proposal.tsx'

type Guest = AnswerOf<'guest.read'>

/** The records that the link shows; with the right to propose, each can be changed in a proposal. */
export function GuestRecords({ guest }: { guest: Guest }) {
  const records = usePages('records.list', { params: { zone_id: guest.zone.id }, query: { limit: 1000 } })
  const [staged, setStaged] = useState<Staged>(nothingStaged)
  const [editing, setEditing] = useState<ZoneRecord | 'new' | null>(null)
  const stage = (values: Values) => {
    if (editing === 'new') setStaged(stageCreate(staged, crypto.randomUUID(), values))
    else if (editing) setStaged(stageUpdate(staged, editing, values))
    setEditing(null)
  }
  const columns = columnsOf(guest, staged, {
    edit: setEditing,
    remove: (record) => setStaged(stageDeletes(staged, [record])),
    takeBack: (record) => setStaged(unstage(staged, [record.id])),
  })
  return (
    <>
      <Loaded query={records}>
        {() =>
          records.items.length > 0 ? (
            <Table label="Records" rows={records.items} columns={columns} keyOf={({ id }) => id} more={records} />
          ) : (
            <Empty icon="zones" title="No records yet">
              The link is for names that have no record now.
            </Empty>
          )
        }
      </Loaded>
      {guest.may_propose && editing === null ? (
        <div>
          <Button icon="plus" onClick={() => setEditing('new')}>
            Propose a new record
          </Button>
        </div>
      ) : null}
      {editing ? (
        <section
          aria-label={editing === 'new' ? 'New record' : `Change ${editing.owner} ${editing.type}`}
          className="rounded-lg border border-edge bg-surface"
        >
          <RecordForm
            key={editing === 'new' ? 'new' : editing.id}
            apex={apexOf(guest.zone.name)}
            start={editing === 'new' ? null : startOf(editing, staged)}
            rows={records.items}
            staged={staged}
            refusalFor={() => null}
            onStage={stage}
            onCancel={() => setEditing(null)}
          />
        </section>
      ) : null}
      {staged.size > 0 ? (
        <GuestProposal guest={guest} staged={staged} onDrop={setStaged} onSent={() => setStaged(nothingStaged)} />
      ) : null}
    </>
  )
}

function startOf(record: ZoneRecord, staged: Staged) {
  const edit = staged.get(record.id)
  return { id: record.id, values: edit && edit.op !== 'delete' ? edit.values : valuesOf(record) }
}

type Deeds = Record<'edit' | 'remove' | 'takeBack', (record: ZoneRecord) => void>

function columnsOf(guest: Guest, staged: Staged, deeds: Deeds): Column<ZoneRecord>[] {
  return [
    {
      header: 'Name',
      role: 'title',
      cell: ({ id, name }) => (
        <span className="inline-flex flex-wrap items-center gap-2 font-mono text-sm break-all sm:min-w-64">
          {name}
          {staged.has(id) ? (
            <Badge tone="warn" icon="edit">
              {staged.get(id)?.op === 'delete' ? 'to be deleted' : 'to be changed'}
            </Badge>
          ) : null}
        </span>
      ),
    },
    { header: 'Type', cell: ({ type }) => <span className="font-mono text-sm font-semibold">{type}</span> },
    { header: 'TTL', role: 'number', cell: ({ ttl }) => ttl },
    { header: 'Data', cell: ({ data }) => <span className="font-mono text-sm break-all">{data}</span> },
    ...(guest.may_propose
      ? [
          {
            header: 'Actions',
            role: 'menu' as const,
            cell: (record: ZoneRecord) => (
              <Menu
                label={`Actions for ${record.owner} ${record.type}`}
                entries={[
                  { label: 'Propose a change', icon: 'edit', onSelect: () => deeds.edit(record) },
                  staged.has(record.id)
                    ? { label: 'Take back', icon: 'undo', onSelect: () => deeds.takeBack(record) }
                    : {
                        label: 'Propose to delete it',
                        icon: 'trash',
                        danger: true,
                        onSelect: () => deeds.remove(record),
                      },
                ]}
              />
            ),
          },
        ]
      : []),
  ]
}
