import { mayGrant } from '@zoneward/permissions'
import { findResource } from '../access/find-resource.ts'
import { loadAccess } from '../access/held-access.ts'
import { type Person, peopleOf } from '../access/people.ts'
import { roleBook, rolesWith } from '../access/role-book.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../database/pools.ts'
import { databaseNow } from '../invitations/database-now.ts'
import { nameScopes } from '../organization/name-scopes.ts'
import { askedSentence } from './present-requests.ts'
import { proposedGrant, resourceOf, scopeOf } from './proposed-grant.ts'
import { askingMail } from './request-mails.ts'
import { requestsLink } from './requests-link.ts'
import { findRequest, type RequestRow } from './store.ts'

type Job = { orgId: string; id: string }
const hour = 3_600_000
/** In a large organization many could grant it: so many are told. */
const mostTold = 50

/**
 * The task that tells those who could grant a request. It runs apart from the request, since a client's own transaction
 * sees no staff.
 */
export function tellDecidersTask(context: Context): (payload: unknown) => Promise<void> {
  return async (payload) => {
    const { orgId, id } = payload as Job
    await context.database.staff.write(orgId, async (tx) => {
      const row = await findRequest(tx, orgId, id)
      if (row?.state !== 'pending') return
      const nameOf = await nameScopes(tx, orgId, [resourceOf(row)])
      const asked = { sentence: askedSentence(row, nameOf(resourceOf(row))), hours: row.hours, reason: row.reason }
      const { asker, able } = await whoCouldDecide(tx, row)
      for (const person of able.slice(0, mostTold)) {
        const link = await requestsLink(tx, context, { orgId, person })
        await context.mailer.queue(tx, askingMail({ to: person.email, who: asker?.name ?? 'Somebody', link, asked }))
      }
    })
  }
}

/** Who could grant it as it was asked for: staff, and for a client's request the admins of its own portal. */
async function whoCouldDecide(tx: Tx, row: RequestRow): Promise<{ asker: Person | undefined; able: Person[] }> {
  const { org_id: orgId, subject_id: askerId } = row
  const near = await findResource(tx, orgId, scopeOf(row))
  if (near === null) return { asker: undefined, able: [] }
  const managing = await loadAccess(tx, { orgId, near, roleIds: rolesWith(await roleBook(tx, orgId), 'grants.manage') })
  const people = await peopleOf(tx, { orgId, realm: 'staff' }, [askerId, ...managing.index.bySubject.keys()])
  const asker = people.find(({ subject }) => subject.id === askerId)
  if (asker === undefined) return { asker, able: [] }
  const subjectIds = people.flatMap(({ subject }) => [subject.id, ...subject.teamIds])
  const { index, customers } = await loadAccess(tx, { orgId, near, subjectIds })
  const now = await databaseNow(tx)
  const change = { grant: proposedGrant(row, now + row.hours * hour), at: near, targets: [asker.subject] }
  const able = people.filter((person) => {
    const granter = { subject: person.subject, now, channel: 'interface' as const, ceilings: { customers } }
    return mayBeTold(person, asker) && mayGrant(index, { ...change, granter }).ok
  })
  return { asker, able }
}

function mayBeTold({ email, subject, customerId }: Person, asker: Person): boolean {
  if (email === '' || subject.id === asker.subject.id) return false
  return subject.realm === 'staff' || (asker.subject.realm === 'client' && asker.customerId === customerId)
}
