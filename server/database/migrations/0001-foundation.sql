-- The whole foundation. Every table of an organization has org_id, a composite key on it, and forced row-level security;
-- the loop at the end of this file adds the policies. Roles: :owner migrates, :staff serves the console and staff keys,
-- :portal serves client users, :worker runs queued work, :dns reads what the name server answers.

create table instance (
  only_row boolean primary key default true check (only_row),
  id uuid not null,
  role_prefix text not null,
  created_at timestamptz not null default now(),
  setup_token_hash bytea,
  audit_public_key bytea,
  audit_private_key_sealed text
);

create table organization (
  id uuid primary key,
  name text not null,
  slug text not null unique,
  role_set text not null default 'msp' check (role_set in ('monitoring', 'msp', 'hosting', 'zones', 'domains')),
  contact jsonb not null default '{}',
  seat_limit integer check (seat_limit > 0),
  access_revision bigint not null default 1,
  created_at timestamptz not null default now()
);

-- Who can sign in as staff; one account may belong to several organizations.
create table account (
  id uuid primary key,
  email text not null,
  email_key text not null unique,
  name text not null,
  password_hash text not null,
  is_operator boolean not null default false,
  created_at timestamptz not null default now()
);

create table customer (
  org_id uuid not null references organization (id) on delete cascade,
  id uuid not null,
  name text not null,
  notes text not null default '',
  ceiling jsonb,
  seat_limit integer check (seat_limit > 0),
  created_at timestamptz not null default now(),
  primary key (org_id, id)
);
create unique index customer_name on customer (org_id, lower(name));

create table provider (
  org_id uuid not null references organization (id) on delete cascade,
  id uuid not null,
  name text not null,
  kind text not null default 'built_in' check (kind in ('built_in')),
  created_at timestamptz not null default now(),
  primary key (org_id, id)
);
create unique index provider_name on provider (org_id, lower(name));

-- A portal is where client accounts sign in: one of a customer, or of the organization itself (customer_id null).
create table portal (
  slug text primary key check (slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
  org_id uuid not null references organization (id) on delete cascade,
  id uuid not null,
  customer_id uuid,
  unique (org_id, id),
  foreign key (org_id, customer_id) references customer (org_id, id) on delete cascade
);

-- Whoever can hold a grant. A user's subject is its personal team.
create table subject (
  org_id uuid not null references organization (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('member', 'client_user', 'team', 'service')),
  realm text not null check (realm in ('staff', 'client')),
  created_at timestamptz not null default now(),
  primary key (org_id, id)
);

create table member (
  org_id uuid not null,
  id uuid not null,
  account_id uuid not null references account (id) on delete cascade,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, account_id),
  foreign key (org_id, id) references subject (org_id, id) on delete cascade
);
create index member_account on member (account_id);

create table client_user (
  org_id uuid not null,
  id uuid not null,
  portal_id uuid not null,
  customer_id uuid,
  email text not null,
  email_key text not null,
  name text not null,
  password_hash text not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz,
  primary key (org_id, id),
  unique (org_id, portal_id, email_key),
  foreign key (org_id, id) references subject (org_id, id) on delete cascade,
  foreign key (org_id, portal_id) references portal (org_id, id) on delete cascade,
  foreign key (org_id, customer_id) references customer (org_id, id) on delete cascade
);

create table team (
  org_id uuid not null,
  id uuid not null,
  name text not null,
  realm text not null check (realm in ('staff', 'client')),
  customer_id uuid,
  primary key (org_id, id),
  foreign key (org_id, id) references subject (org_id, id) on delete cascade,
  foreign key (org_id, customer_id) references customer (org_id, id) on delete cascade
);
create unique index team_name on team (org_id, lower(name));

create table team_member (
  org_id uuid not null,
  team_id uuid not null,
  user_id uuid not null,
  primary key (org_id, team_id, user_id),
  foreign key (org_id, team_id) references team (org_id, id) on delete cascade,
  foreign key (org_id, user_id) references subject (org_id, id) on delete cascade
);
create index team_member_user on team_member (org_id, user_id);

-- name: absolute, as written. name_key: case folded. sort_key: bytes in canonical order (RFC 4034 section 6.1).
create table zone (
  org_id uuid not null references organization (id) on delete cascade,
  id uuid not null,
  provider_id uuid not null,
  customer_id uuid,
  name text not null,
  name_key text not null,
  sort_key bytea not null,
  serial bigint not null,
  record_count integer not null default 0,
  served boolean not null,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, provider_id, name_key),
  foreign key (org_id, provider_id) references provider (org_id, id),
  foreign key (org_id, customer_id) references customer (org_id, id) on delete set null (customer_id)
);
create unique index zone_served on zone (name_key) where served;
create index zone_served_order on zone (sort_key) where served;
create index zone_by_organization on zone (org_id, sort_key, id);
create index zone_by_customer on zone (org_id, customer_id, sort_key, id) where customer_id is not null;
create index zone_by_provider on zone (org_id, provider_id, sort_key, id);

-- One applied difference of a zone. author_name is kept for staff even when the author has left; the portal has no
-- right to read that column.
create table change (
  org_id uuid not null,
  id uuid not null,
  zone_id uuid not null,
  author_id uuid,
  author_realm text not null check (author_realm in ('staff', 'client', 'system')),
  author_name text not null,
  api_key_id uuid,
  source text not null check (source in ('console', 'portal', 'api', 'cli', 'import', 'revert', 'demo')),
  comment text not null default '',
  reverts uuid,
  serial_before bigint not null,
  serial_after bigint not null,
  added integer not null,
  removed integer not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (org_id, id),
  foreign key (org_id, zone_id) references zone (org_id, id) on delete cascade
);
create index change_by_zone on change (org_id, zone_id, id);

create table change_entry (
  org_id uuid not null,
  change_id uuid not null,
  seq integer not null,
  added boolean not null,
  record_id uuid not null,
  owner text not null,
  sort_key bytea not null,
  type integer not null,
  ttl integer not null,
  rdata bytea not null,
  primary key (org_id, change_id, seq),
  foreign key (org_id, change_id) references change (org_id, id) on delete cascade
);

create table record (
  org_id uuid not null,
  id uuid not null,
  zone_id uuid not null,
  owner text not null,
  sort_key bytea not null,
  type integer not null check (type between 1 and 65535),
  ttl integer not null check (ttl >= 0),
  rdata bytea not null,
  change_id uuid not null,
  primary key (org_id, id),
  foreign key (org_id, zone_id) references zone (org_id, id) on delete cascade
);
create index record_by_zone on record (org_id, zone_id, sort_key, type, id);

create table access_grant (
  org_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  role_id text not null,
  customer_id uuid,
  provider_id uuid,
  zone_id uuid,
  scope_kind text not null generated always as (
    case when zone_id is not null then 'zone' when customer_id is not null then 'customer'
         when provider_id is not null then 'provider' else 'organization' end) stored,
  scope_id uuid not null generated always as (coalesce(zone_id, customer_id, provider_id, org_id)) stored,
  patterns jsonb,
  starts_at timestamptz,
  ends_at timestamptz,
  review_required boolean not null default false,
  reason text not null default '',
  granted_by uuid,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  check (num_nonnulls(customer_id, provider_id, zone_id) <= 1),
  check (ends_at is null or starts_at is null or ends_at > starts_at),
  foreign key (org_id, subject_id) references subject (org_id, id) on delete cascade,
  foreign key (org_id, customer_id) references customer (org_id, id) on delete cascade,
  foreign key (org_id, provider_id) references provider (org_id, id) on delete cascade,
  foreign key (org_id, zone_id) references zone (org_id, id) on delete cascade
);
create index grant_by_subject on access_grant (org_id, subject_id, scope_id);
create index grant_by_scope on access_grant (org_id, scope_id) include (subject_id, role_id, ends_at);
create unique index grant_once on access_grant (org_id, subject_id, role_id, scope_id)
  where patterns is null and starts_at is null and ends_at is null;

create table invitation (
  org_id uuid not null references organization (id) on delete cascade,
  id uuid not null,
  realm text not null check (realm in ('staff', 'client')),
  portal_id uuid,
  customer_id uuid,
  email text not null,
  email_key text not null,
  grants jsonb not null,
  token_hash bytea not null unique,
  invited_by uuid,
  message text not null default '',
  created_at timestamptz not null default now(),
  sent_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  primary key (org_id, id),
  check ((realm = 'client') = (portal_id is not null)),
  foreign key (org_id, portal_id) references portal (org_id, id) on delete cascade,
  foreign key (org_id, customer_id) references customer (org_id, id) on delete cascade
);
create unique index invitation_pending on invitation (org_id, realm, coalesce(portal_id, org_id), email_key)
  where accepted_at is null and revoked_at is null;

create table api_key (
  org_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  name text not null,
  hint text not null,
  token_hash bytea not null unique,
  ceiling jsonb not null default '{}',
  expires_at timestamptz,
  last_used_at timestamptz,
  last_used_from text,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, owner_id) references subject (org_id, id) on delete cascade
);
create index api_key_owner on api_key (org_id, owner_id);

create table staff_session (
  id uuid primary key,
  token_hash bytea not null unique,
  account_id uuid not null references account (id) on delete cascade,
  current_organization uuid references organization (id) on delete set null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  user_agent text not null default '',
  address text not null default ''
);
create index staff_session_account on staff_session (account_id);

create table client_session (
  org_id uuid not null,
  id uuid not null,
  token_hash bytea not null unique,
  client_user_id uuid not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  user_agent text not null default '',
  address text not null default '',
  primary key (org_id, id),
  foreign key (org_id, client_user_id) references client_user (org_id, id) on delete cascade
);

-- Events of an organization, each chained to the one before by hash. body is the exact text that was hashed.
create table audit_head (
  org_id uuid primary key references organization (id) on delete cascade,
  seq bigint not null,
  hash bytea not null
);
create table audit_event (
  org_id uuid not null references organization (id) on delete cascade,
  seq bigint not null,
  at text not null,
  action text not null,
  actor_id uuid,
  actor_realm text not null,
  customer_id uuid,
  zone_id uuid,
  body text not null,
  hash bytea not null,
  primary key (org_id, seq)
);
create index audit_by_actor on audit_event (org_id, actor_id, seq);
create index audit_by_customer on audit_event (org_id, customer_id, seq) where customer_id is not null;
create index audit_by_zone on audit_event (org_id, zone_id, seq) where zone_id is not null;

-- What was taken away, and when: a restore of an older copy looks here and takes it away again.
create table revocation (
  org_id uuid not null references organization (id) on delete cascade,
  kind text not null check (kind in ('grant', 'api_key', 'member', 'client_user', 'invitation', 'team_member', 'session')),
  id text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (org_id, kind, id)
);

create table idempotent_answer (
  org_id uuid not null references organization (id) on delete cascade,
  actor_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status integer not null,
  body text not null,
  created_at timestamptz not null default now(),
  primary key (org_id, actor_id, key)
);
create index idempotent_answer_age on idempotent_answer (created_at);

-- The table that rate-limiter-flexible counts in.
create table rate_limit (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);

-- Row-level security: one equality on the organization, for every role but the owner, who migrates and backs up.
do $$
declare item record;
begin
  for item in
    select c.oid::regclass as name, a.attname as org_column
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and (a.attname = 'org_id' or (c.relname = 'organization' and a.attname = 'id'))
  loop
    execute format('alter table %s enable row level security', item.name);
    execute format('alter table %s force row level security', item.name);
    execute format('create policy owner_all on %s to :owner using (true) with check (true)', item.name);
    if item.name::text not in ('client_user', 'audit_event', 'subject', 'team', 'team_member', 'invitation', 'access_grant') then
      execute format(
        'create policy same_organization on %s to :staff, :portal, :worker using (%I = (select nullif(current_setting(''app.org'', true), '''')::uuid))',
        item.name, item.org_column);
    else
      execute format(
        'create policy same_organization on %s to :staff, :worker using (%I = (select nullif(current_setting(''app.org'', true), '''')::uuid))',
        item.name, item.org_column);
    end if;
  end loop;
end $$;

-- The portal sees people of its own portal only, and never a row about staff.
create policy portal_people on client_user to :portal using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and portal_id = (select nullif(current_setting('app.portal', true), '')::uuid));
create policy portal_subjects on subject to :portal using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid) and realm = 'client');
create policy portal_teams on team to :portal using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid) and realm = 'client');
create policy portal_team_members on team_member to :portal using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and exists (select 1 from team t where t.org_id = team_member.org_id and t.id = team_member.team_id and t.realm = 'client'));
create policy portal_invitations on invitation to :portal using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid) and realm = 'client'
  and portal_id = (select nullif(current_setting('app.portal', true), '')::uuid));
create policy portal_grants on access_grant to :portal using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and exists (select 1 from subject s where s.org_id = access_grant.org_id and s.id = access_grant.subject_id and s.realm = 'client'));
create policy portal_events_read on audit_event for select to :portal using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid) and actor_realm = 'client');
create policy dns_reads_served_zones on zone for select to :dns using (served);
create policy dns_reads_records on record for select to :dns using (true);

-- Rights. Nobody but the owner may touch the audit tables except through append_audit.
grant usage on schema public to :staff, :portal, :worker, :dns;
grant select, insert, update, delete on
  organization, customer, provider, portal, subject, member, client_user, team, team_member, zone, change, change_entry,
  record, access_grant, invitation, api_key, client_session, idempotent_answer, rate_limit, staff_session to :staff;
grant select, update on account to :staff;
grant select, insert on revocation to :staff, :portal, :worker;
grant select on audit_event, audit_head to :staff;
grant select on instance to :staff;

grant select on organization, customer, provider, zone, record, portal, subject, team, team_member, access_grant, client_user,
  invitation, api_key, client_session, change_entry, audit_event, idempotent_answer, rate_limit to :portal;
grant select (org_id, id, zone_id, author_id, author_realm, source, comment, reverts, serial_before, serial_after, added, removed, created_at) on change to :portal;
grant insert on change to :portal;
grant insert, update, delete on record, zone, access_grant, client_user, invitation, api_key, client_session, idempotent_answer, rate_limit to :portal;
grant insert, delete on subject, change_entry to :portal;
grant update (access_revision) on organization to :portal;

grant select on organization, customer, provider, zone, record, subject, member, account, client_user, access_grant, invitation to :worker;
grant select, delete on idempotent_answer, client_session, staff_session, rate_limit to :worker;
grant select on zone, record to :dns;

alter table account enable row level security;
alter table account force row level security;
create policy owner_all on account to :owner using (true) with check (true);
create policy colleagues on account to :staff, :worker using (exists (
  select 1 from member m where m.account_id = account.id and m.org_id = (select nullif(current_setting('app.org', true), '')::uuid)));

-- The only way into the audit log. Takes the head's row lock, so call it last before commit.
create function append_audit(event_action text, event_actor uuid, event_realm text, event_customer uuid, event_zone uuid, event_body text)
returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  org uuid := nullif(current_setting('app.org', true), '')::uuid;
  head audit_head;
  event_at text;
  event_hash bytea;
begin
  if org is null then raise exception 'append_audit needs app.org'; end if;
  insert into audit_head (org_id, seq, hash) values (org, 0, decode(repeat('00', 32), 'hex')) on conflict do nothing;
  select * into head from audit_head where org_id = org for update;
  event_at := to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
  event_hash := sha256(head.hash || convert_to((head.seq + 1) || E'\n' || event_at || E'\n' || event_body, 'UTF8'));
  insert into audit_event values (org, head.seq + 1, event_at, event_action, event_actor, event_realm, event_customer, event_zone, event_body, event_hash);
  update audit_head set seq = head.seq + 1, hash = event_hash where org_id = org;
  return head.seq + 1;
end $$;
revoke all on function append_audit from public;
grant execute on function append_audit to :staff, :portal, :worker;
