import { isAllowed, recordPermission } from '@zoneward/permissions'
import { customersAbove, loadAccess } from '../access/held-access.ts'
import { peopleOf } from '../access/people.ts'
import type { ZoneRequest } from '../changes/authorize-edit.ts'
import type { Tx } from '../database/pools.ts'
import { labelsOfBytes, recordRef } from '../records/record-names.ts'
import { touchedBy } from './base.ts'
import type { VisibleProposal } from './visible-proposal.ts'

/**
 * Whether the author may still propose this: judged when it is approved, not when it was made. Who wrote through access
 * that wants review may still write. The portal cannot read what staff hold, so that is read through the staff's pool:
 * no change of access can commit while the approval holds its lock.
 */
export async function authorStillMay(
  tx: Tx,
  { actor, context }: Pick<ZoneRequest, 'actor' | 'context'>,
  proposal: VisibleProposal,
): Promise<boolean> {
  const { row } = proposal
  if (row.author_id === null) return false
  const authorId = row.author_id
  if (actor.realm === 'staff') return judge(tx, actor, authorId, proposal)
  return context.database.staff.read(actor.orgId, (staff) => judge(staff, actor, authorId, proposal))
}

async function judge(
  tx: Tx,
  { orgId, now }: ZoneRequest['actor'],
  authorId: string,
  { row, zone, base }: VisibleProposal,
): Promise<boolean> {
  const people = await peopleOf(tx, { orgId, realm: 'staff' }, [authorId])
  const subject = people.find((person) => person.subject.id === authorId)?.subject
  if (!subject) return false
  const subjectIds = [subject.id, ...subject.teamIds]
  const { index, customers } = await loadAccess(tx, { orgId, subjectIds, customerIds: customersAbove(zone) })
  const apexLabels = labelsOfBytes(row.zone_name)
  const asker = { subject, now, channel: 'interface', ceilings: { customers } } as const
  return touchedBy(base).every(({ owner, type }) => {
    const record = recordRef(owner, type)
    const resource = { ...zone, record }
    const permissions = ['changes.propose', recordPermission({ ...record, apexLabels })] as const
    return permissions.some((permission) => isAllowed(index, { ...asker, permission, resource }))
  })
}
