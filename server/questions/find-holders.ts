import { type AccessQuestion, type Grant, type GrantIndex, type Subject, whoHolds } from '@zoneward/permissions'
import { sql } from 'kysely'
import { anyOf, loadAccess } from '../access/held-access.ts'
import type { Person } from '../access/people.ts'
import { roleBook, rolesWith } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { narrowedGrants } from './narrowed-grants.ts'
import { isLiveNow, type PagedPerson, type PersonKey, peoplePage } from './people-page.ts'

/** Somebody who may do it there, and every grant that is a reason. */
export type HeldBy = PagedPerson & { grants: Grant[] }

type Page = {
  after: PersonKey | null
  /** With `after`: the person of the key too. */
  including?: boolean
  /** So many people, at least; fewer only at the end. */
  limit: number
}

/**
 * Who may do it there, in order of their names, from a place on. Asked about a zone and not about one record, those who
 * may do it to some of its records are among them: their grants say which. Only the people of the page are judged,
 * however many hold something near.
 */
export async function findHolders(tx: Tx, actor: Actor, asked: AccessQuestion, page: Page): Promise<HeldBy[]> {
  const { orgId } = actor
  const near = asked.resource
  const roleIds = rolesWith(await roleBook(tx, orgId), asked.permission)
  const holders = sql`select g.subject_id from access_grant g
    where g.org_id = ${orgId}::uuid and g.scope_id = ${anyOf(near.ancestors.map(({ id }) => id))}
      and g.role_id = any(${roleIds}::text[]) and ${isLiveNow}`
  const found: HeldBy[] = []
  let { after, including = false } = page
  // Most who hold such a grant may: hardly ever more than one step.
  for (let step = page.limit; ; step = Math.min(step * 2, 5_000)) {
    const people = await peoplePage(tx, actor, { holders, after, including, limit: step })
    const subjects = people.map(({ person }) => person.subject)
    const subjectIds = [...new Set(subjects.flatMap(({ id, teamIds }) => [id, ...teamIds]))]
    const { index, customers } = await loadAccess(tx, { orgId, near, roleIds, subjectIds })
    const grantsOf = grantsBy(index, subjects, { ...asked, ceilings: { customers } })
    found.push(...people.flatMap((one) => withGrants(one, grantsOf(one.person))))
    after = people.at(-1)?.key ?? null
    including = false
    if (people.length < step || found.length >= page.limit) return found
  }
}

function withGrants(one: PagedPerson, grants: Grant[]): HeldBy[] {
  return grants.length === 0 ? [] : [{ ...one, grants }]
}

function grantsBy(index: GrantIndex, subjects: Subject[], question: AccessQuestion): (person: Person) => Grant[] {
  const whole = new Map(whoHolds(index, subjects, question).map(({ subjectId, grants }) => [subjectId, grants]))
  return ({ subject }) => {
    const grants = whole.get(subject.id) ?? []
    const some = question.resource.record === undefined ? narrowedGrants(index, { ...question, subject }) : []
    return [...new Set([...grants, ...some])]
  }
}
