import type { AnswerOf, ItemOf } from '@zoneward/api/types'
import { useState } from 'react'
import { usePages, useSend } from '../../api/use-call.ts'
import { useAddress } from '../../session/use-address.ts'
import { holds, useMe } from '../../session/use-me.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { FilterSelect } from '../../ui/field.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { notify } from '../../ui/toast.tsx'
import { tellPatterns } from '../../words/patterns.ts'
import { GuestLinkMade } from './guest-link-made.tsx'
import { NewGuestLink } from './new-guest-link.tsx'
import { useZone } from './use-zone.ts'

type GuestLink = ItemOf<'guest_links.list'>

/** Links that show chosen records of the zone to somebody without an account. */
export function ZoneGuests() {
  const zone = useZone()
  const me = useMe()
  const [address, change] = useAddress()
  const everyone = address['owner'] === 'everyone'
  const links = usePages('guest_links.list', {
    query: { zone_id: zone.id, owner: everyone ? 'everyone' : 'me' },
  })
  const [doing, setDoing] = useState<'make' | GuestLink | null>(null)
  const [made, setMade] = useState<AnswerOf<'guest_links.create'> | null>(null)
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="max-w-2xl text-muted">
          A guest link shows chosen records to somebody without an account, until a day that you choose. It can do
          nothing that you cannot.
        </p>
        <div className="flex flex-wrap gap-2">
          {me.realm === 'staff' && holds(me, 'api_keys.manage') ? (
            <FilterSelect
              label="Whose links"
              value={everyone ? 'everyone' : 'me'}
              onChange={(event) => change({ owner: event.target.value })}
            >
              <option value="me">My links</option>
              <option value="everyone">Everyone’s links</option>
            </FilterSelect>
          ) : null}
          <Button kind="primary" icon="link" onClick={() => setDoing('make')}>
            New guest link
          </Button>
        </div>
      </div>
      <Loaded query={links}>
        {() =>
          links.items.length > 0 ? (
            <Table
              label="Guest links"
              rows={links.items}
              columns={columnsOf(everyone, setDoing)}
              keyOf={({ id }) => id}
              more={links}
            />
          ) : (
            <Empty icon="link" title="No guest links">
              For a web agency that needs to see two records, or a partner who shall propose one.
            </Empty>
          )
        }
      </Loaded>
      {doing === 'make' ? (
        <NewGuestLink
          zone={zone}
          onClose={() => setDoing(null)}
          onMade={(link) => {
            setDoing(null)
            setMade(link)
          }}
        />
      ) : null}
      {doing !== null && doing !== 'make' ? <EndLink link={doing} onClose={() => setDoing(null)} /> : null}
      {made ? <GuestLinkMade link={made} onClose={() => setMade(null)} /> : null}
    </div>
  )
}

function columnsOf(everyone: boolean, end: (link: GuestLink) => void): Column<GuestLink>[] {
  return [
    {
      header: 'Records',
      role: 'title',
      cell: ({ patterns }) => <span className="font-mono text-sm break-all">{tellPatterns(patterns)}</span>,
    },
    {
      header: 'May',
      cell: ({ may_propose }) => <Badge>{may_propose ? 'Read and propose' : 'Read'}</Badge>,
    },
    { header: 'For', cell: ({ note }) => note || <span className="text-muted">not said</span> },
    ...(everyone ? [{ header: 'Made by', cell: ({ owner }: GuestLink) => owner.name }] : []),
    {
      header: 'Last used',
      cell: ({ last_used_at, last_used_from }) =>
        last_used_at ? (
          <span title={last_used_from ? `from ${last_used_from}` : undefined}>
            <Time at={last_used_at} />
          </span>
        ) : (
          <span className="text-muted">never</span>
        ),
    },
    { header: 'Ends', cell: ({ ends_at }) => <Time at={ends_at} /> },
    {
      header: 'Actions',
      role: 'menu',
      cell: (link) => (
        <Button
          kind="quiet"
          writes
          aria-label={`End the guest link for ${tellPatterns(link.patterns)}`}
          onClick={() => end(link)}
        >
          End
        </Button>
      ),
    },
  ]
}

function EndLink({ link, onClose }: { link: GuestLink; onClose: () => void }) {
  const send = useSend('guest_links.delete')
  const done = () => {
    notify('The guest link has ended')
    onClose()
  }
  return (
    <Confirm
      open
      onClose={onClose}
      title="End this guest link?"
      action="End link"
      busy={send.isPending}
      fault={send.error}
      onConfirm={() => send.mutate({ params: { guest_link_id: link.id } }, { onSuccess: done })}
    >
      Whoever opens it from now on sees nothing. What was proposed through it stays. This cannot be undone.
    </Confirm>
  )
}
