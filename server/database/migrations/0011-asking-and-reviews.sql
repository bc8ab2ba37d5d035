-- Asking for access, going through what was granted, and noting which grants are used.

-- One question of one subject waits once, however often it is sent.
create unique index access_request_once on access_request (org_id, subject_id, permission, resource_id, (coalesce(record::text, '')))
  where state = 'pending';

-- How many grants a review left undecided when it was closed.
alter table access_review add column left_undecided integer;
create index access_review_newest on access_review (org_id, id desc);

-- A grant that was not seen in use before this moment may have been used all the same.
alter table instance add column use_known_since timestamptz not null default now();

-- Notes uses of many organizations in one statement; a grant that has gone meanwhile is left out. In order of ids, so
-- that two servers do not wait for each other in a circle.
create function note_grant_use(orgs uuid[], grants uuid[]) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into grant_use (org_id, grant_id, used_at)
  select g.org_id, g.id, date_trunc('hour', clock_timestamp())
  from unnest(orgs, grants) as used (org_id, grant_id)
  join access_grant g on g.org_id = used.org_id and g.id = used.grant_id
  order by g.org_id, g.id
  for key share of g
  on conflict (org_id, grant_id) do update set used_at = excluded.used_at where grant_use.used_at < excluded.used_at
$$;
revoke all on function note_grant_use(uuid[], uuid[]) from public;
grant execute on function note_grant_use(uuid[], uuid[]) to :worker;
