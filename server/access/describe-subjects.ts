import type { ItemOf } from '@zoneward/api'
import type { Subject } from '@zoneward/permissions'
import type { Tx } from '../database/pools.ts'
import { isId } from '../ids.ts'
import { anyOf } from './held-access.ts'
import { type Person, peopleOf } from './people.ts'

export type ShownSubject = ItemOf<'grants.list'>['subject']

type Asking = { orgId: string; realm: 'staff' | 'client'; portal: { customerId: string | null } | null }

/**
 * Users and teams as they are shown, by id. A client account finds accounts of its own portal and teams of its own
 * customer only; whoever is not found is not to be shown.
 */
export async function describeSubjects(tx: Tx, asking: Asking, ids: string[]): Promise<Map<string, ShownSubject>> {
  const wanted = [...new Set(ids)].filter(isId)
  const found = new Map<string, ShownSubject>()
  if (wanted.length === 0) return found
  const people = await peopleOf(tx, asking, wanted)
  for (const person of people) found.set(person.subject.id, showPerson(person))
  const teams = await tx
    .selectFrom('team')
    .select(['id', 'name', 'realm', 'customer_id'])
    .where('org_id', '=', asking.orgId)
    .where('id', '=', anyOf(wanted))
    .execute()
  for (const { id, name, realm, customer_id } of teams) {
    if (asking.realm === 'client' && (customer_id === null || customer_id !== asking.portal?.customerId)) continue
    const size = people.filter(({ subject }) => subject.teamIds.includes(id)).length
    found.set(id, { id, kind: 'team', realm, name, detail: size === 1 ? '1 person' : `${size} people` })
  }
  return found
}

export function showPerson({ kind, subject: { id, realm }, name, email }: Person): ShownSubject {
  return { id, kind, realm, name, detail: kind === 'service' ? 'service account' : email }
}

/** A user or team that access is asked about or given to, with everybody whom it touches. */
export type Target = {
  shown: ShownSubject
  /** The user with its teams; a team itself first, then everybody in it. */
  people: Subject[]
  /** Where a client account or team is at home; null for staff and for the organization's own portal. */
  customerId: string | null
  /** Of a team, the customers that the people in it are at home at. */
  homes?: string[]
}

/** Null where the organization has no such user or team, or the caller may not know of it. */
export async function findTarget(tx: Tx, asking: Asking, id: string): Promise<Target | null> {
  const shown = (await describeSubjects(tx, asking, [id])).get(id)
  if (!shown) return null
  const people = await peopleOf(tx, asking, [id])
  if (shown.kind !== 'team') {
    return { shown, people: people.map(({ subject }) => subject), customerId: people[0]?.customerId ?? null }
  }
  const team = await tx
    .selectFrom('team')
    .select('customer_id')
    .where('org_id', '=', asking.orgId)
    .where('id', '=', id)
    .executeTakeFirst()
  const itself: Subject = { id, realm: shown.realm, teamIds: [] }
  const homes = [...new Set(people.flatMap(({ customerId }) => customerId ?? []))]
  return {
    shown,
    people: [itself, ...people.map(({ subject }) => subject)],
    customerId: team?.customer_id ?? null,
    homes,
  }
}
