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

/**
 * The next people in order of their names, of those who hold something themselves or through a team. Only these are
 * read, however many there are.
 */
export async function peoplePage(tx: Tx, actor: Actor, wanted: Wanted): Promise<PagedPerson[]> {
  const { after, limit, including } = wanted
  const later = including ? sql`>=` : sql`>`
  const start = after ? sql`and (${nameKey}, p.id) ${later} (${after[0]}, ${after[1]}::uuid)` : sql``
  const { rows } = await sql<{ id: string; key: string }>`
    ${
      wanted.holders
        ? amongHolders(actor, wanted.holders)
        : sql`select p.id, ${nameKey} as key
      from (${everybody(actor)}) p where ${holdsAnything(actor.orgId)}`
    } ${start}
    order by ${nameKey}, p.id limit ${limit}::int`.execute(tx)
  const ids = rows.map(({ id }) => id)
  const found = new Map((await peopleOf(tx, actor, ids)).map((person) => [person.subject.id, person]))
  return rows.flatMap(({ id, key }) => {
    const person = found.get(id)
    return person ? [{ person, key: [key, id] as const }] : []
  })
}

const nameKey = sql`lower(p.name) collate "C"`

/** Row-level security leaves a client account those of its own portal; of staff it may not even ask. */
function everybody({ orgId, realm }: Actor, only = sql``): RawBuilder<unknown> {
  const clients = sql`select u.id, u.name from client_user u where u.org_id = ${orgId}::uuid ${only}`
  if (realm === 'client') return clients
  return sql`${clients}
    union all select u.id, a.name from member u join account a on a.id = u.account_id where u.org_id = ${orgId}::uuid ${only}
    union all select u.id, u.name from service_account u where u.org_id = ${orgId}::uuid ${only}`
}

// A look-up of each holder by its id: the few who hold something near, of however many people there are.
function amongHolders(actor: Actor, holders: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`with holder as materialized (${holders}), among as materialized (
      select subject_id as id from holder
      union select t.user_id from team_member t join holder h on h.subject_id = t.team_id where t.org_id = ${actor.orgId}::uuid)
    select p.id, ${nameKey} as key from among, lateral (${everybody(actor, sql`and u.id = among.id`)}) p where true`
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
