-- A session brings along whether its user works with teams, and for which one now: null where it is the personal one, or
-- where the user is no longer in the team.
drop function staff_session_by_token(bytea);
create function staff_session_by_token(token bytea)
returns table (session_id uuid, account_id uuid, email text, name text, is_operator boolean, session_expires_at timestamptz,
  last_seen_at timestamptz, org_id uuid, subject_id uuid, team_ids uuid[], access_revision bigint, now_ms double precision,
  team_features boolean, current_team uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, a.id, a.email, a.name, a.is_operator, s.expires_at, s.last_seen_at, m.org_id, m.id,
    coalesce((select array_agg(t.team_id) from team_member t where t.org_id = m.org_id and t.user_id = m.id), '{}'),
    o.access_revision, extract(epoch from clock_timestamp()) * 1000, coalesce(m.team_features, false),
    (select t.team_id from team_member t
     where m.team_features and t.org_id = m.org_id and t.user_id = m.id and t.team_id = s.current_team)
  from staff_session s
  join account a on a.id = s.account_id
  left join member m on m.account_id = a.id and m.org_id = s.current_organization
  left join organization o on o.id = m.org_id
  where s.token_hash = token and s.expires_at > clock_timestamp()
$$;

drop function client_session_by_token(bytea);
create function client_session_by_token(token bytea)
returns table (session_id uuid, org_id uuid, subject_id uuid, email text, name text, portal_id uuid, portal_slug text, customer_id uuid,
  session_expires_at timestamptz, last_seen_at timestamptz, team_ids uuid[], access_revision bigint, now_ms double precision,
  team_features boolean, current_team uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.org_id, u.id, u.email, u.name, u.portal_id, p.slug, u.customer_id, s.expires_at, s.last_seen_at,
    coalesce((select array_agg(t.team_id) from team_member t where t.org_id = u.org_id and t.user_id = u.id), '{}'),
    o.access_revision, extract(epoch from clock_timestamp()) * 1000, u.team_features,
    (select t.team_id from team_member t
     where u.team_features and t.org_id = u.org_id and t.user_id = u.id and t.team_id = s.current_team)
  from client_session s
  join client_user u on u.org_id = s.org_id and u.id = s.client_user_id
  join portal p on p.org_id = u.org_id and p.id = u.portal_id
  join organization o on o.id = s.org_id
  where s.token_hash = token and s.expires_at > clock_timestamp()
$$;

revoke all on function staff_session_by_token(bytea), client_session_by_token(bytea) from public;
grant execute on function staff_session_by_token to :staff;
grant execute on function client_session_by_token to :portal;

-- Whoever leaves a team works for its personal one again, also when it is put back into that team later.
create function leave_current_team() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update staff_session s set current_team = null from member m
  where s.current_team = old.team_id and m.org_id = old.org_id and m.id = old.user_id and s.account_id = m.account_id;
  update client_session set current_team = null
  where org_id = old.org_id and client_user_id = old.user_id and current_team = old.team_id;
  return null;
end $$;
revoke all on function leave_current_team from public;
create trigger left_team after delete on team_member for each row execute function leave_current_team();

-- Client accounts may hold hostings.manage at their customer.
grant insert, delete on hosting to :portal;
create index hosting_by_name on hosting (org_id, lower(name), id);
