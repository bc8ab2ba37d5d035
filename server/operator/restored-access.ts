import type pg from 'pg'
import { appendEvent, type EventActor } from '../audit/append-event.ts'
import { settingsOf } from '../database/pools.ts'
import { transactionOn } from '../database/transaction-on.ts'
import type { Revocation } from './revocations.ts'

/** How many of each kind were taken away again. */
export type TakenAway = Record<string, number>

/** Sets the present grants, keys and ceilings aside before the tables are emptied: what they narrow stays narrow. */
export async function keepCurrentAccess(client: pg.ClientBase): Promise<void> {
  await client.query(`
    create temp table kept_grant on commit drop as
      select org_id, id, role_id, patterns, starts_at, ends_at, review_required from access_grant;
    create temp table kept_key on commit drop as select org_id, id, ceiling, expires_at from api_key;
    create temp table kept_ceiling on commit drop as select org_id, id, ceiling, seat_limit from customer;
    create temp table kept_password on commit drop as
      select id, password_hash, is_operator from account union all select id, password_hash, false from client_user;
    create temp table kept_membership on commit drop as table team_member;
    create temp table kept_zone on commit drop as select org_id, id, customer_id from zone;
    create temp table kept_role on commit drop as table custom_role;
    create temp table kept_organization on commit drop as select id, access_revision, role_set from organization`)
}

/**
 * Applies to the restored rows whatever was taken away since: revocations, and where a grant, a key, a ceiling, a
 * role, a password or the customer of a zone is known in its present form, that form. Open invitations end. The revision moves past every one that a
 * server may have seen.
 */
export async function takeAwayAgain(
  client: pg.ClientBase,
  revocations: Revocation[],
  endKeys: boolean,
): Promise<TakenAway> {
  await client.query(
    `create temp table revoked on commit drop as
     select distinct on (org_id, kind, id) * from json_to_recordset($1::json) as r (org_id uuid, kind text, id text, at timestamptz)`,
    [JSON.stringify(revocations)],
  )
  const taken: TakenAway = {}
  for (const [kind, statement] of Object.entries(removals)) taken[kind] = (await client.query(statement)).rowCount ?? 0
  await client.query(presentForm)
  if (endKeys) await client.query('update api_key set expires_at = least(expires_at, clock_timestamp())')
  await client.query(`insert into revocation (org_id, kind, id, at)
    select r.org_id, r.kind, r.id, r.at from revoked r join organization o on o.id = r.org_id on conflict do nothing`)
  return taken
}

const removals: Record<string, string> = {
  // Of a role that gave less later, or was deleted, nobody can tell what it was narrowed to: it goes with its grants.
  custom_role: `with gone as (delete from access_grant t using revoked r where r.kind = 'custom_role' and r.org_id = t.org_id
      and r.id = t.custom_role_id::text and not exists (select from kept_role k where k.org_id = t.org_id and k.id = t.custom_role_id))
    delete from custom_role t using revoked r where r.kind = 'custom_role' and r.org_id = t.org_id and r.id = t.id::text
      and not exists (select from kept_role k where k.org_id = t.org_id and k.id = t.id)`,
  // The same of a ceiling: client accounts of the customer hold nothing until staff has set it again. Where the old
  // database is there, its ceiling is taken: it is what staff last wanted.
  customer_ceiling: `update customer t set ceiling = '{"permissions": [], "roles": []}' from revoked r
    where r.kind = 'customer_ceiling' and r.org_id = t.org_id and r.id = t.id::text
    and not exists (select from kept_ceiling k where k.org_id = t.org_id and k.id = t.id)`,
  // A grant that was only changed is known in its present form where the old database is there.
  grant: `delete from access_grant t using revoked r where r.kind = 'grant' and r.org_id = t.org_id and r.id = t.id::text
    and not exists (select from kept_grant k where k.org_id = t.org_id and k.id = t.id)`,
  api_key: `delete from api_key t using revoked r where r.kind = 'api_key' and r.org_id = t.org_id and r.id = t.id::text`,
  member: `delete from subject t using revoked r where r.kind = 'member' and r.org_id = t.org_id and r.id = t.id::text`,
  client_user: `delete from subject t using revoked r where r.kind = 'client_user' and r.org_id = t.org_id and r.id = t.id::text`,
  service_account: `delete from subject t using revoked r where r.kind = 'service_account' and r.org_id = t.org_id and r.id = t.id::text`,
  // The id of a membership names the team and the person. Who was taken out and put in again stays, if that is known.
  team_member: `delete from team_member t using revoked r where r.kind = 'team_member' and r.org_id = t.org_id
    and strpos(r.id, t.team_id::text) > 0 and strpos(r.id, t.user_id::text) > 0
    and not exists (select from kept_membership k where k.org_id = t.org_id and k.team_id = t.team_id and k.user_id = t.user_id)`,
  invitation: `update invitation set revoked_at = clock_timestamp() where accepted_at is null and revoked_at is null`,
}

// A grant that is as it was is left alone: the table notes whoever writes to one as having taken something away.
// A role made since comes back for the grants that were given it since, beside another of its name if there is one.
const presentForm = `
  insert into custom_role select k.org_id, k.id, k.based_on,
      case when exists (select from custom_role c where c.org_id = k.org_id and lower(c.name) = lower(k.name) and c.id <> k.id)
        then left(k.name, 180) || ' ' || right(k.id::text, 12) else k.name end,
      k.description, k.permissions, k.created_at, k.changed_at
    from kept_role k join organization o on o.id = k.org_id on conflict do nothing;
  update custom_role t set permissions = k.permissions, changed_at = k.changed_at from kept_role k
    where k.org_id = t.org_id and k.id = t.id and t.permissions is distinct from k.permissions;
  update access_grant t set role_id = k.role_id, patterns = k.patterns, starts_at = k.starts_at, ends_at = k.ends_at,
    review_required = k.review_required from kept_grant k where k.org_id = t.org_id and k.id = t.id
    and (t.role_id, t.patterns, t.starts_at, t.ends_at, t.review_required)
      is distinct from (k.role_id, k.patterns, k.starts_at, k.ends_at, k.review_required);
  update api_key t set ceiling = k.ceiling, expires_at = k.expires_at from kept_key k where k.org_id = t.org_id and k.id = t.id;
  update customer t set ceiling = k.ceiling, seat_limit = k.seat_limit from kept_ceiling k where k.org_id = t.org_id and k.id = t.id;
  update account t set password_hash = k.password_hash, is_operator = k.is_operator from kept_password k where k.id = t.id;
  update client_user t set password_hash = k.password_hash from kept_password k where k.id = t.id;
  update zone t set customer_id = (select c.id from customer c where c.org_id = k.org_id and c.id = k.customer_id)
    from kept_zone k where k.org_id = t.org_id and k.id = t.id;
  update organization t set access_revision = greatest(t.access_revision, (select k.access_revision from kept_organization k where k.id = t.id)) + 1000000,
    role_set = coalesce((select k.role_set from kept_organization k where k.id = t.id), t.role_set)`

/** One event in each organization's log, so that everybody can see where the chain was taken up again. */
export async function noteRestore(client: pg.ClientBase, backupAt: string, takenAway: TakenAway): Promise<void> {
  const { rows } = await client.query<{ id: string }>('select id from organization order by id')
  const tx = transactionOn(client)
  for (const { id } of rows) {
    await client.query(settingsOf(id))
    await appendEvent(tx, operator, 'instance.restored', { facts: { backup_at: backupAt, taken_away: takenAway } })
  }
}

const operator: EventActor = { subjectId: null, realm: 'system', name: 'Operator', address: null, key: null }
