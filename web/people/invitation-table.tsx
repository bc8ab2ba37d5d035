import type { ItemOf } from '@zoneward/api/types'
import { useState } from 'react'
import { useSend } from '../api/use-call.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { Confirm } from '../ui/confirm.tsx'
import type { IconName } from '../ui/icons.tsx'
import { Menu, type MenuEntry } from '../ui/menu.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { Time } from '../ui/time.tsx'
import { notify } from '../ui/toast.tsx'
import { InvitationLink } from './invitation-link.tsx'

type Invitation = ItemOf<'invitations.list'>
type More = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }

const states: Record<Invitation['state'], { word: string; tone: Tone; icon: IconName }> = {
  pending: { word: 'Pending', tone: 'accent', icon: 'clock' },
  accepted: { word: 'Accepted', tone: 'good', icon: 'check' },
  expired: { word: 'Expired', tone: 'warn', icon: 'alert' },
  revoked: { word: 'Revoked', tone: 'neutral', icon: 'cross' },
}

/** Invitations in all their states: send again, take back. */
export function InvitationTable({ invitations, more }: { invitations: Invitation[]; more?: More }) {
  const [revoking, setRevoking] = useState<Invitation | null>(null)
  const [resent, setResent] = useState<Invitation | null>(null)
  const resend = useSend('invitations.resend')
  const again = ({ id }: Invitation) =>
    resend.mutate(
      { params: { invitation_id: id } },
      { onSuccess: setResent, onError: (fault) => notify(fault.message, true) },
    )
  const entries = (one: Invitation): MenuEntry[] => [
    { label: 'Send again', icon: 'mail', writes: true, onSelect: () => again(one) },
    { label: 'Revoke', icon: 'trash', danger: true, onSelect: () => setRevoking(one) },
  ]
  const columns: Column<Invitation>[] = [
    { header: 'E-mail', role: 'title', cell: ({ email }) => <span className="break-words">{email}</span> },
    { header: 'State', cell: ({ state }) => <Badge {...states[state]}>{states[state].word}</Badge> },
    {
      header: 'For',
      cell: ({ realm, customer }) => (realm === 'staff' ? 'Staff' : (customer?.name ?? 'The organization')),
    },
    {
      header: 'Access',
      cell: ({ grants }) =>
        grants
          .map(({ role, scope }) => (scope.kind === 'organization' ? role : `${role} on ${scope.name}`))
          .join(', ') || 'none yet',
    },
    { header: 'Sent', wide: true, cell: ({ sent_at }) => <Time at={sent_at} /> },
    {
      header: 'Ends',
      wide: true,
      cell: ({ state, expires_at }) =>
        state === 'pending' || state === 'expired' ? (
          <Time at={expires_at} />
        ) : (
          <span className="text-muted">over</span>
        ),
    },
    {
      header: 'Actions',
      role: 'menu',
      cell: (one) =>
        one.state === 'pending' || one.state === 'expired' ? (
          <Menu label={`Actions for ${one.email}`} entries={entries(one)} />
        ) : null,
    },
  ]
  return (
    <>
      <Table label="Invitations" rows={invitations} columns={columns} keyOf={({ id }) => id} more={more} />
      <InvitationLink invitation={resent} onClose={() => setResent(null)} />
      <Revoke invitation={revoking} onClose={() => setRevoking(null)} />
    </>
  )
}

function Revoke({ invitation, onClose }: { invitation: Invitation | null; onClose: () => void }) {
  const send = useSend('invitations.revoke')
  const done = () => {
    notify(`The invitation of ${invitation?.email} was revoked`)
    onClose()
  }
  return (
    <Confirm
      open={invitation !== null}
      onClose={onClose}
      title="Revoke this invitation?"
      action="Revoke"
      busy={send.isPending}
      fault={send.error}
      onConfirm={() => invitation && send.mutate({ params: { invitation_id: invitation.id } }, { onSuccess: done })}
    >
      The link sent to {invitation?.email} stops working at once.
    </Confirm>
  )
}
