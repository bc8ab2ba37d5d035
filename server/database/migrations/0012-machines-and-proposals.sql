-- Service accounts act by keys, keys stop when they are not used, and what was proposed is published in its author's name.

-- Who made a key: of a service account that is somebody else than its owner, and who may not approve what it proposed.
alter table api_key add column created_by uuid;
alter table proposal add column maker_id uuid, add column decided_name text not null default '';
grant select (decided_by, maker_id) on proposal to :portal;
create index proposal_by_author on proposal (org_id, author_id, id);

drop function api_key_by_token(bytea);
create function api_key_by_token(token bytea)
returns table (key_id uuid, key_name text, kind text, created_by uuid, org_id uuid, subject_id uuid, realm text, owner_name text,
  portal_id uuid, customer_id uuid, ceiling jsonb, created_at timestamptz, expires_at timestamptz, last_used_at timestamptz,
  team_ids uuid[], access_revision bigint, now_ms double precision)
language sql stable security definer set search_path = public, pg_temp as $$
  select k.id, k.name, k.kind, k.created_by, k.org_id, s.id, s.realm, coalesce(a.name, u.name, v.name, ''), u.portal_id, u.customer_id,
    k.ceiling, k.created_at, k.expires_at, k.last_used_at,
    coalesce((select array_agg(t.team_id) from team_member t where t.org_id = s.org_id and t.user_id = s.id), '{}'),
    o.access_revision, extract(epoch from clock_timestamp()) * 1000
  from api_key k
  join subject s on s.org_id = k.org_id and s.id = k.owner_id
  join organization o on o.id = k.org_id
  left join member m on m.org_id = s.org_id and m.id = s.id
  left join account a on a.id = m.account_id
  left join client_user u on u.org_id = s.org_id and u.id = s.id
  left join service_account v on v.org_id = s.org_id and v.id = s.id
  where k.token_hash = token and (k.expires_at is null or k.expires_at > clock_timestamp())
$$;
revoke all on function api_key_by_token(bytea) from public;
grant execute on function api_key_by_token to :staff, :portal;

-- A proposal's author is the author of the change that came of it. The portal may publish it, but never reads the name of
-- a member of staff: so the database copies it.
create function credit_author(of_change uuid, from_proposal uuid) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  update change c
  set author_id = p.author_id, author_realm = p.author_realm, author_name = p.author_name, api_key_id = p.api_key_id
  from proposal p
  where p.org_id = nullif(current_setting('app.org', true), '')::uuid and p.id = from_proposal and p.state = 'open'
    and c.org_id = p.org_id and c.id = of_change and c.zone_id = p.zone_id
$$;
revoke all on function credit_author(uuid, uuid) from public;
grant execute on function credit_author to :staff, :portal;
