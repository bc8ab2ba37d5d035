-- Look-ups that happen before the organization is known. Each returns one caller's own facts and nothing else, runs as
-- the owner with a fixed search path, and may be called only by the role that needs it.

/* A staff session with its current organization, membership, teams and the organization's access revision: one query a request. */
create function staff_session_by_token(token bytea)
returns table (session_id uuid, account_id uuid, email text, name text, is_operator boolean, session_expires_at timestamptz,
  last_seen_at timestamptz, org_id uuid, subject_id uuid, team_ids uuid[], access_revision bigint, now_ms double precision)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, a.id, a.email, a.name, a.is_operator, s.expires_at, s.last_seen_at, m.org_id, m.id,
    coalesce((select array_agg(t.team_id) from team_member t where t.org_id = m.org_id and t.user_id = m.id), '{}'),
    o.access_revision, extract(epoch from clock_timestamp()) * 1000
  from staff_session s
  join account a on a.id = s.account_id
  left join member m on m.account_id = a.id and m.org_id = s.current_organization
  left join organization o on o.id = m.org_id
  where s.token_hash = token and s.expires_at > clock_timestamp()
$$;

create function client_session_by_token(token bytea)
returns table (session_id uuid, org_id uuid, subject_id uuid, email text, name text, portal_id uuid, portal_slug text, customer_id uuid,
  session_expires_at timestamptz, last_seen_at timestamptz, team_ids uuid[], access_revision bigint, now_ms double precision)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.org_id, u.id, u.email, u.name, u.portal_id, p.slug, u.customer_id, s.expires_at, s.last_seen_at,
    coalesce((select array_agg(t.team_id) from team_member t where t.org_id = u.org_id and t.user_id = u.id), '{}'),
    o.access_revision, extract(epoch from clock_timestamp()) * 1000
  from client_session s
  join client_user u on u.org_id = s.org_id and u.id = s.client_user_id
  join portal p on p.org_id = u.org_id and p.id = u.portal_id
  join organization o on o.id = s.org_id
  where s.token_hash = token and s.expires_at > clock_timestamp()
$$;

create function api_key_by_token(token bytea)
returns table (key_id uuid, key_name text, org_id uuid, subject_id uuid, realm text, owner_name text, portal_id uuid, customer_id uuid,
  ceiling jsonb, expires_at timestamptz, last_used_at timestamptz, team_ids uuid[], access_revision bigint, now_ms double precision)
language sql stable security definer set search_path = public, pg_temp as $$
  select k.id, k.name, k.org_id, s.id, s.realm, coalesce(a.name, u.name, ''), u.portal_id, u.customer_id, k.ceiling, k.expires_at, k.last_used_at,
    coalesce((select array_agg(t.team_id) from team_member t where t.org_id = s.org_id and t.user_id = s.id), '{}'),
    o.access_revision, extract(epoch from clock_timestamp()) * 1000
  from api_key k
  join subject s on s.org_id = k.org_id and s.id = k.owner_id
  join organization o on o.id = k.org_id
  left join member m on m.org_id = s.org_id and m.id = s.id
  left join account a on a.id = m.account_id
  left join client_user u on u.org_id = s.org_id and u.id = s.id
  where k.token_hash = token and (k.expires_at is null or k.expires_at > clock_timestamp())
$$;

create function staff_login(login_email text)
returns table (account_id uuid, email text, name text, password_hash text, is_operator boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select id, email, name, password_hash, is_operator from account where email_key = login_email
$$;

create function client_login(portal_slug text, login_email text)
returns table (org_id uuid, client_user_id uuid, email text, name text, password_hash text)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.org_id, u.id, u.email, u.name, u.password_hash
  from portal p join client_user u on u.org_id = p.org_id and u.portal_id = p.id
  where p.slug = portal_slug and u.email_key = login_email
$$;

create function organizations_of_account(of_account uuid)
returns table (org_id uuid, name text, slug text, role_set text, subject_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, o.name, o.slug, o.role_set, m.id from member m join organization o on o.id = m.org_id
  where m.account_id = of_account order by lower(o.name), o.id
$$;

/* What a portal's sign-in page shows to anybody: whose it is, and how to reach the provider. */
create function portal_by_slug(portal_slug text)
returns table (org_id uuid, portal_id uuid, customer_id uuid, title text, organization text, contact jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.org_id, p.id, p.customer_id, coalesce(c.name, o.name), o.name, o.contact
  from portal p join organization o on o.id = p.org_id
  left join customer c on c.org_id = p.org_id and c.id = p.customer_id
  where p.slug = portal_slug
$$;

create function invitation_by_token(token bytea)
returns table (org_id uuid, invitation_id uuid, realm text, portal_id uuid, portal_slug text, customer_id uuid, email text)
language sql stable security definer set search_path = public, pg_temp as $$
  select i.org_id, i.id, i.realm, i.portal_id, p.slug, i.customer_id, i.email
  from invitation i left join portal p on p.org_id = i.org_id and p.id = i.portal_id
  where i.token_hash = token
$$;

create function create_account(new_id uuid, new_email text, new_email_key text, new_name text, new_password_hash text, operator boolean)
returns void language sql security definer set search_path = public, pg_temp as $$
  insert into account (id, email, email_key, name, password_hash, is_operator)
  values (new_id, new_email, new_email_key, new_name, new_password_hash, operator)
$$;

/* The one-time link of a new instance: true once, for whoever shows the token first. */
create function use_setup_token(token bytea) returns boolean
language sql security definer set search_path = public, pg_temp as $$
  with used as (update instance set setup_token_hash = null where setup_token_hash = token returning 1)
  select exists (select 1 from used)
$$;

create function setup_is_open() returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select setup_token_hash is not null from instance
$$;

/* Does a served zone of another organization stand at, above or below this name? Nothing else about it is told. */
create function zone_stands_in_the_way(candidates text[], lower_bound bytea, upper_bound bytea, own_org uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from zone where served and name_key = any(candidates) and org_id <> own_org and name_key <> '.')
      or exists (select 1 from zone where served and sort_key >= lower_bound and sort_key < upper_bound and org_id <> own_org)
$$;

create function zone_is_served(key text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from zone where served and name_key = key)
$$;

do $$
declare f text;
begin
  foreach f in array array['staff_session_by_token(bytea)', 'client_session_by_token(bytea)', 'api_key_by_token(bytea)', 'staff_login(text)',
    'client_login(text,text)', 'organizations_of_account(uuid)', 'portal_by_slug(text)', 'invitation_by_token(bytea)',
    'create_account(uuid,text,text,text,text,boolean)', 'use_setup_token(bytea)', 'setup_is_open()',
    'zone_stands_in_the_way(text[],bytea,bytea,uuid)', 'zone_is_served(text)']
  loop
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function staff_session_by_token, staff_login, organizations_of_account, create_account, use_setup_token, setup_is_open,
  api_key_by_token, invitation_by_token, zone_stands_in_the_way, zone_is_served, portal_by_slug to :staff;
grant execute on function client_session_by_token, client_login, portal_by_slug, invitation_by_token, api_key_by_token,
  zone_stands_in_the_way, zone_is_served to :portal;
