import { type RawBuilder, sql } from 'kysely'
import { type Person, peopleOf } from '../access/people.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'

/** Where the page before ended: the name in lower case, and the id. */
export type PersonKey = readonly [name: string, id: string]

type Wanted = {
  /** SQL that gives subjects, users and teams, in a column `subject_id`; null: everybody who holds anything. */
  holders: RawBuilder<unknown> | null
  after: PersonKey | null
  /** With `after`: the person of the key too. */
  including?: boolean
  limit: number
}

export type PagedPerson = { person: Person; key: PersonKey }

// Up to so many holders are read whole and sorted here; of more, the database sorts everybody's names.
const fewPeople = 500

/**
 * The next people in order of their names, of those who hold something themselves or through a team. Most things have
 * few holders, and then nobody else is looked at; of many, only those of the page are read.
 */
export async function peoplePage(tx: Tx, actor: Actor, wanted: Wanted): Promise<PagedPerson[]> {
  const { holders } = wanted
  if (holders === null) {
    return sortedPage(tx, actor, wanted, sql`(${everybody(actor)}) p where ${holdsAnything(actor.orgId)}`)
  }
  const users = usersAmong(actor.orgId, holders)
  const { rows } = await sql<{ id: string }>`${users} limit ${fewPeople + 1}::int`.execute(tx)
  // Each holder is looked up by its id: there may be far more people who hold nothing here.
  const among = sql`(${users}) h, lateral (${everybody(actor, sql`h.id`)}) p where true`
  if (rows.length > fewPeople) return sortedPage(tx, actor, wanted, among)
  const people = await peopleOf(
    tx,
    actor,
    rows.map(({ id }) => id),
  )
  return people
    .map((person): PagedPerson => ({ person, key: [person.name.toLowerCase(), person.subject.id] }))
    .sort((left, right) => compareKeys(left.key, right.key))
    .filter(({ key }) => isLater(key, wanted))
    .slice(0, wanted.limit)
}

async function sortedPage(
  tx: Tx,
  actor: Actor,
  { after, limit, including }: Wanted,
  from: RawBuilder<unknown>,
): Promise<PagedPerson[]> {
  const later = including ? sql`>=` : sql`>`
  const start = after ? sql`and (${nameKey}, p.id) ${later} (${after[0]}, ${after[1]}::uuid)` : sql``
  const { rows } = await sql<{ id: string; key: string }>`
    select p.id, ${nameKey} as key from ${from} ${start}
    order by ${nameKey}, p.id limit ${limit}::int`.execute(tx)
  const ids = rows.map(({ id }) => id)
  const found = new Map((await peopleOf(tx, actor, ids)).map((person) => [person.subject.id, person]))
  return rows.flatMap(({ id, key }) => {
    const person = found.get(id)
    return person ? [{ person, key: [key, id] as const }] : []
  })
}

const nameKey = sql`lower(p.name) collate "C"`

// By bytes, as the database does.
function compareKeys(left: PersonKey, right: PersonKey): number {
  return Buffer.compare(Buffer.from(left[0]), Buffer.from(right[0])) || (left[1] < right[1] ? -1 : 1)
}

function isLater(key: PersonKey, { after, including = false }: Wanted): boolean {
  if (after === null) return true
  return key[0] === after[0] && key[1] === after[1] ? including : compareKeys(key, after) > 0
}

/** Row-level security leaves a client account those of its own portal; of staff it may not even ask. */
function everybody({ orgId, realm }: Actor, only?: RawBuilder<unknown>): RawBuilder<unknown> {
  const where = sql`where u.org_id = ${orgId}::uuid ${only ? sql`and u.id = ${only}` : sql``}`
  const clients = sql`select u.id, u.name from client_user u ${where}`
  if (realm === 'client') return clients
  return sql`${clients}
    union all select u.id, a.name from member u join account a on a.id = u.account_id ${where}
    union all select u.id, u.name from service_account u ${where}`
}

/** The users among these holders, and in the teams among them. */
function usersAmong(orgId: string, holders: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`with holder as materialized (${holders})
    select subject_id as id from holder
    union select t.user_id from team_member t join holder h on h.subject_id = t.team_id where t.org_id = ${orgId}::uuid`
}

function holdsAnything(orgId: string): RawBuilder<unknown> {
  const held = (subject: RawBuilder<unknown>) => sql`exists (select from access_grant g
    where g.org_id = ${orgId}::uuid and g.subject_id = ${subject} and ${isLiveNow})`
  return sql`(${held(sql`p.id`)} or exists (select from team_member t
    where t.org_id = ${orgId}::uuid and t.user_id = p.id and ${held(sql`t.team_id`)}))`
}

/** By the database's clock, of a grant `g`. */
export const isLiveNow = sql`(g.starts_at is null or g.starts_at <= clock_timestamp())
  and (g.ends_at is null or g.ends_at > clock_timestamp())`
