import { type RawBuilder, sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import type { Viewed } from './view.ts'

type Row = {
  id: string
  realm: Viewed['realm']
  name: string
  email: string
  team_ids: string[]
  team_features: boolean
  portal_id: string | null
  slug: string
  title: string
  customer_id: string | null
}

const people = sql`
  subject s
  left join member m on m.org_id = s.org_id and m.id = s.id
  left join account a on a.id = m.account_id
  left join client_user u on u.org_id = s.org_id and u.id = s.id
  left join portal p on p.org_id = u.org_id and p.id = u.portal_id
  left join customer c on c.org_id = u.org_id and c.id = u.customer_id
  left join organization o on o.id = s.org_id`
const columns = sql`
  s.id, s.realm, coalesce(a.name, u.name) as name, coalesce(a.email, u.email) as email,
  coalesce(m.team_features, u.team_features) as team_features,
  coalesce((select array_agg(t.team_id) from team_member t where t.org_id = s.org_id and t.user_id = s.id), '{}') as team_ids,
  p.id as portal_id, p.slug, coalesce(c.name, o.name) as title, u.customer_id`

/** A member or client account of the organization; whether it may be looked at is not asked yet. */
export async function findViewed(tx: Tx, orgId: string, id: string): Promise<Viewed | null> {
  const { rows } = await sql<Row>`select ${columns} from ${people}
    where s.org_id = ${orgId}::uuid and s.id = ${id}::uuid and coalesce(m.id, u.id) is not null`.execute(tx)
  return rows[0] ? viewedOf(rows[0]) : null
}

type Live = { viewed: Viewed; endsAt: Date }

/** Whom this session looks at with this view, if it is one of its own and has not ended. */
export async function findLiveView(tx: Tx, viewer: Actor, id: string): Promise<Live | null> {
  const { rows } = await sql<Row & { ends_at: Date }>`select ${columns}, v.ends_at
    from view_as v join ${onSubject(people)}
    where v.org_id = ${viewer.orgId}::uuid and v.id = ${id}::uuid and v.session_id = ${viewer.sessionId}::uuid
      and v.viewer_id = ${viewer.subjectId}::uuid and v.ends_at > clock_timestamp()
      and coalesce(m.id, u.id) is not null`.execute(tx)
  return rows[0] ? { viewed: viewedOf(rows[0]), endsAt: rows[0].ends_at } : null
}

// The joins hang on the subject, which is the one that the view names.
function onSubject(joins: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(${joins}) on s.org_id = v.org_id and s.id = v.subject_id`
}

type NewView = { id: string; viewer: Actor; subjectId: string; reason: string; lastsMs: number }

/** One session looks at one person at a time: a view before it ends. */
export async function insertView(tx: Tx, _: Allowed, view: NewView): Promise<Date> {
  const { viewer, id, subjectId, reason, lastsMs } = view
  await tx
    .deleteFrom('view_as')
    .where('org_id', '=', viewer.orgId)
    .where('session_id', '=', viewer.sessionId ?? '')
    .execute()
  const row = await tx
    .insertInto('view_as')
    .values({
      ...{ org_id: viewer.orgId, id, session_id: viewer.sessionId ?? '', viewer_id: viewer.subjectId },
      ...{ subject_id: subjectId, reason },
      ends_at: sql`clock_timestamp() + make_interval(secs => ${lastsMs / 1000}::float8)`,
    })
    .returning('ends_at')
    .executeTakeFirstOrThrow()
  return row.ends_at
}

/** Ends one's own view; whom it was of, or null where there is none. */
export async function deleteView(tx: Tx, _: Allowed, viewer: Actor, id: string): Promise<string | null> {
  const row = await tx
    .deleteFrom('view_as')
    .where('org_id', '=', viewer.orgId)
    .where('id', '=', id)
    .where('viewer_id', '=', viewer.subjectId)
    .returning('subject_id')
    .executeTakeFirst()
  return row?.subject_id ?? null
}

function viewedOf({ team_ids, team_features, portal_id, slug, title, customer_id, ...person }: Row): Viewed {
  const portal = portal_id === null ? null : { id: portal_id, slug, title, customerId: customer_id }
  return { ...person, teamIds: team_ids, teamFeatures: team_features, portal }
}
