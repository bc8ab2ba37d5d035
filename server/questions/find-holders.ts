import { type AccessQuestion, type Grant, whoHolds } from '@zoneward/permissions'
import { loadAccess } from '../access/held-access.ts'
import { type Person, peopleOf } from '../access/people.ts'
import { roleBook, rolesWith } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { narrowedGrants } from './narrowed-grants.ts'

export type HeldBy = { person: Person; grant: Grant }

/**
 * Who may do it there, a row a grant. Asked about a zone and not about one record, those who may do it to some of its
 * records are among them: their grants say which.
 */
export async function findHolders(tx: Tx, actor: Actor, asked: AccessQuestion): Promise<HeldBy[]> {
  const { permission, resource } = asked
  const roleIds = rolesWith(await roleBook(tx, actor.orgId), permission)
  const { index, customers } = await loadAccess(tx, { orgId: actor.orgId, near: resource, roleIds })
  const people = await peopleOf(tx, actor, [...index.bySubject.keys()])
  const question = { ...asked, ceilings: { customers } }
  const subjects = people.map(({ subject }) => subject)
  const whole = new Map(whoHolds(index, subjects, question).map(({ subjectId, grants }) => [subjectId, grants]))
  return people.flatMap((person) => {
    const { subject } = person
    const grants = whole.get(subject.id) ?? []
    const some = resource.record === undefined ? narrowedGrants(index, { ...question, subject }) : []
    return [...new Set([...grants, ...some])].map((grant) => ({ person, grant }))
  })
}
