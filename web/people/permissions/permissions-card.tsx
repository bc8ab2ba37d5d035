import { useState } from 'react'
import { Guarded } from '../../access/guarded.tsx'
import { usePaths } from '../../paths.ts'
import { useMe } from '../../session/use-me.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icons.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Card } from '../../ui/page.tsx'
import { Failure, Skeleton } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { tellPatterns } from '../../words/patterns.ts'
import { ChangePermission } from './change-permission.tsx'
import { NewPermission } from './new-permission.tsx'
import { RemovePermission } from './remove-permission.tsx'
import { type CardPlace, type PermissionRow, usePermissionRows } from './use-permission-rows.ts'

type Doing = { what: 'change' | 'remove'; row: PermissionRow } | { what: 'add' } | null
type PermissionsCardProps = { place: CardPlace; can: Record<string, boolean> }

/** Everybody who has a role here; changed by an admin of this level who has switched team features on. */
export function PermissionsCard({ place, can }: PermissionsCardProps) {
  const me = useMe()
  const [doing, setDoing] = useState<Doing>(null)
  const rows = usePermissionRows(place)
  const admin = can['grants.manage'] === true
  const changes = admin && me.team_features
  const stop = () => setDoing(null)
  const grant = doing && 'row' in doing ? doing.row.grant : null
  return (
    <Card
      title="Permissions"
      lead={`Who has access to ${place.name}, and in which role.`}
      actions={
        me.team_features ? (
          <Guarded can={can} permission="grants.manage" resource={{ kind: place.kind, id: place.id }}>
            {(refusal) => (
              <Button icon="plus" writes refusal={refusal} onClick={() => setDoing({ what: 'add' })}>
                Add permission
              </Button>
            )}
          </Guarded>
        ) : null
      }
    >
      <div className="grid gap-3">
        {rows.error ? (
          <Failure fault={rows.error} onRetry={rows.retry} />
        ) : rows.data === undefined ? (
          <Skeleton lines={4} />
        ) : rows.data.length > 0 ? (
          <Table
            label={`Permissions on ${place.name}`}
            rows={rows.data}
            columns={columnsOf(changes ? setDoing : null)}
            keyOf={({ key }) => key}
            more={rows.more}
          />
        ) : (
          <p className="text-muted">Nobody has access yet.</p>
        )}
        {admin && !me.team_features ? <OfferSwitch /> : null}
      </div>
      {doing?.what === 'add' ? <NewPermission place={place} onClose={stop} /> : null}
      {doing?.what === 'change' && grant ? <ChangePermission grant={grant} onClose={stop} /> : null}
      {doing?.what === 'remove' && grant ? <RemovePermission grant={grant} onClose={stop} /> : null}
    </Card>
  )
}

function columnsOf(onDo: ((doing: Doing) => void) | null): Column<PermissionRow>[] {
  return [
    {
      header: 'Who',
      role: 'title',
      cell: ({ subject }) => (
        <>
          {subject.name}
          {subject.detail ? (
            <span className="block text-sm font-normal break-all text-muted">{subject.detail}</span>
          ) : null}
        </>
      ),
    },
    { header: 'Role', cell: ({ role }) => role },
    { header: 'From', cell: ({ from }) => (from === null ? 'given here' : <Implicit from={from} />) },
    { header: 'Limits', wide: true, cell: (row) => <Limits row={row} /> },
    ...(onDo
      ? [{ header: 'Actions', role: 'menu' as const, cell: (row: PermissionRow) => <Deeds row={row} onDo={onDo} /> }]
      : []),
  ]
}

function Implicit({ from }: { from: string }) {
  return (
    <span className="inline-flex flex-wrap items-center justify-end gap-1.5 sm:justify-start">
      <Badge icon="lock">Implicit</Badge>
      <span>through {from}</span>
    </span>
  )
}

function Limits({ row: { patterns, ends_at } }: { row: PermissionRow }) {
  if (!patterns && !ends_at) return <span className="text-muted">none</span>
  return (
    <>
      {patterns ? <span className="block font-mono text-sm">{tellPatterns(patterns)}</span> : null}
      {ends_at ? (
        <span className="block">
          ends <Time at={ends_at} />
        </span>
      ) : null}
    </>
  )
}

function Deeds({ row, onDo }: { row: PermissionRow; onDo: (doing: Doing) => void }) {
  if (row.grant === null) {
    return (
      <span className="inline-grid size-9 place-items-center text-muted" title="It is changed where it was given.">
        <Icon name="lock" />
        <span className="sr-only">Changed where it was given</span>
      </span>
    )
  }
  if (!row.grant.revocable) {
    return (
      <span className="inline-grid size-9 place-items-center text-muted" title="It holds more than you could give.">
        <Icon name="lock" />
        <span className="sr-only">It holds more than you could give</span>
      </span>
    )
  }
  return (
    <Menu
      label={`Actions for ${row.role} of ${row.subject.name}`}
      entries={[
        { label: 'Change', icon: 'edit', writes: true, onSelect: () => onDo({ what: 'change', row }) },
        { label: 'Remove', icon: 'trash', danger: true, onSelect: () => onDo({ what: 'remove', row }) },
      ]}
    />
  )
}

function OfferSwitch() {
  const paths = usePaths()
  return (
    <p className="flex gap-2 text-sm text-muted">
      <Icon name="info" className="mt-0.5 size-4" />
      <span>
        To pass access on to other people, switch team features on in{' '}
        <TextLink to={paths.profile} className="underline">
          your profile
        </TextLink>
        .
      </span>
    </p>
  )
}
