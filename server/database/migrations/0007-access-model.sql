-- Everything a grant can say: hostings as a fifth kind of scope, an organization's own roles, service accounts, guest
-- links, requests, reviews, assertions, proposals, and looking as somebody else.

-- A hosting is a scope below a customer; what it hosts comes with the product.
create table hosting (
  org_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  name text not null,
  place text not null default '',
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, customer_id) references customer (org_id, id) on delete cascade
);
create unique index hosting_name on hosting (org_id, customer_id, lower(name));

-- An edited copy of a role. Its kind of scope, realms and rules stay those of the original; a grant names it as
-- `custom.<id>`.
create table custom_role (
  org_id uuid not null references organization (id) on delete cascade,
  id uuid not null,
  based_on text not null,
  name text not null,
  description text not null default '',
  permissions jsonb not null check (jsonb_typeof(permissions) = 'array'),
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (org_id, id)
);
create unique index custom_role_name on custom_role (org_id, lower(name));

-- Generated columns cannot change their expression on every supported server, so they are made anew, with their indexes.
alter table access_grant drop column scope_kind, drop column scope_id;
alter table access_grant add column hosting_id uuid;
alter table access_grant add foreign key (org_id, hosting_id) references hosting (org_id, id) on delete cascade;
alter table access_grant drop constraint access_grant_check;
alter table access_grant add constraint one_scope check (num_nonnulls(customer_id, provider_id, zone_id, hosting_id) <= 1);
alter table access_grant
  add column scope_kind text not null generated always as (
    case when zone_id is not null then 'zone' when hosting_id is not null then 'hosting' when customer_id is not null then 'customer'
         when provider_id is not null then 'provider' else 'organization' end) stored,
  add column scope_id uuid not null generated always as (coalesce(zone_id, hosting_id, customer_id, provider_id, org_id)) stored,
  -- So that a role in use cannot be deleted, whoever wins a race.
  add column custom_role_id uuid generated always as (
    case when starts_with(role_id, 'custom.') then substr(role_id, 8)::uuid end) stored;
alter table access_grant add foreign key (org_id, custom_role_id) references custom_role (org_id, id);
create index grant_by_subject on access_grant (org_id, subject_id, scope_id);
create index grant_by_scope on access_grant (org_id, scope_id) include (subject_id, role_id, ends_at);
create unique index grant_once on access_grant (org_id, subject_id, role_id, scope_id)
  where patterns is null and starts_at is null and ends_at is null;
create index grant_by_custom_role on access_grant (org_id, custom_role_id) where custom_role_id is not null;
create index grant_ending on access_grant (org_id, ends_at) where ends_at is not null;

-- When a grant last was the reason for an answer, to the hour; written in batches, apart from the grant itself.
create table grant_use (
  org_id uuid not null,
  grant_id uuid not null,
  used_at timestamptz not null,
  primary key (org_id, grant_id),
  foreign key (org_id, grant_id) references access_grant (org_id, id) on delete cascade
);

-- A user without sign-in, that owns keys.
create table service_account (
  org_id uuid not null,
  id uuid not null,
  name text not null,
  description text not null default '',
  created_by uuid,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, id) references subject (org_id, id) on delete cascade
);
create unique index service_account_name on service_account (org_id, lower(name));

-- A guest link is a key of its maker, without an account of its own.
alter table api_key add column kind text not null default 'key' check (kind in ('key', 'guest'));

-- What must never be possible; checked on every change of access.
create table assertion (
  org_id uuid not null references organization (id) on delete cascade,
  id uuid not null,
  sentence text not null,
  rule jsonb not null,
  created_by uuid,
  created_at timestamptz not null default now(),
  primary key (org_id, id)
);

-- Asking for the smallest grant that would allow what was refused, for some hours.
create table access_request (
  org_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  permission text not null,
  resource_kind text not null,
  resource_id uuid not null,
  record jsonb,
  role_id text not null,
  scope_kind text not null,
  scope_id uuid not null,
  patterns jsonb,
  hours integer not null check (hours between 1 and 8760),
  reason text not null,
  state text not null default 'pending' check (state in ('pending', 'granted', 'refused', 'withdrawn')),
  decided_by uuid,
  decided_at timestamptz,
  comment text not null default '',
  grant_id uuid,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, subject_id) references subject (org_id, id) on delete cascade
);
create index access_request_pending on access_request (org_id, id) where state = 'pending';
create index access_request_own on access_request (org_id, subject_id, id);

-- Going through what was granted. The grant's facts are kept as they were, since the grant may be revoked by it.
create table access_review (
  org_id uuid not null references organization (id) on delete cascade,
  id uuid not null,
  customer_id uuid,
  opened_by uuid,
  opened_at timestamptz not null default now(),
  closed_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, customer_id) references customer (org_id, id) on delete cascade
);
create table access_review_item (
  org_id uuid not null,
  review_id uuid not null,
  grant_id uuid not null,
  facts jsonb not null,
  verdict text check (verdict in ('confirmed', 'revoked')),
  decided_by uuid,
  decided_at timestamptz,
  primary key (org_id, review_id, grant_id),
  foreign key (org_id, review_id) references access_review (org_id, id) on delete cascade
);

-- A change of records that somebody else has to say yes to. operations: as they came in; base: the sets of records that
-- they were made on.
create table proposal (
  org_id uuid not null,
  id uuid not null,
  zone_id uuid not null,
  author_id uuid,
  author_realm text not null check (author_realm in ('staff', 'client')),
  author_name text not null,
  api_key_id uuid,
  source text not null,
  comment text not null default '',
  operations jsonb not null,
  base jsonb not null,
  state text not null default 'open' check (state in ('open', 'approved', 'rejected', 'withdrawn')),
  decided_by uuid,
  decided_at timestamptz,
  decision text not null default '',
  change_id uuid,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, zone_id) references zone (org_id, id) on delete cascade
);
create index proposal_by_zone on proposal (org_id, zone_id, id);
create index proposal_open on proposal (org_id, id) where state = 'open';

-- A member looks as somebody else: of one session, for a while, reading only.
create table view_as (
  org_id uuid not null,
  id uuid not null,
  session_id uuid not null references staff_session (id) on delete cascade,
  viewer_id uuid not null,
  subject_id uuid not null,
  reason text not null default '',
  started_at timestamptz not null default now(),
  ends_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, viewer_id) references subject (org_id, id) on delete cascade,
  foreign key (org_id, subject_id) references subject (org_id, id) on delete cascade
);

-- Teams: switched on by each user; which one it works for now, null being its personal team.
alter table member add column team_features boolean not null default false;
alter table client_user add column team_features boolean not null default false;
alter table staff_session add column current_team uuid;
alter table client_session add column current_team uuid;

alter table instance add column sign_up text not null default 'closed' check (sign_up in ('closed', 'invited', 'open'));

alter table revocation drop constraint revocation_kind_check;
alter table revocation add constraint revocation_kind_check check (kind in
  ('grant', 'api_key', 'member', 'client_user', 'service_account', 'invitation', 'team_member', 'session', 'custom_role', 'customer_ceiling'));
create trigger revoked after delete on service_account for each row execute function note_revocation();

do $$
declare name text;
begin
  foreach name in array array['hosting', 'custom_role', 'grant_use', 'service_account', 'assertion', 'access_request',
    'access_review', 'access_review_item', 'proposal', 'view_as']
  loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy owner_all on %I to :owner using (true) with check (true)', name);
    execute format(
      'create policy same_organization on %I to :staff, :worker using (org_id = (select nullif(current_setting(''app.org'', true), '''')::uuid))',
      name);
  end loop;
  foreach name in array array['hosting', 'custom_role', 'assertion', 'proposal']
  loop
    execute format(
      'create policy portal_same_organization on %I to :portal using (org_id = (select nullif(current_setting(''app.org'', true), '''')::uuid))',
      name);
  end loop;
end $$;
-- A client account sees the requests of its own portal only.
create policy portal_requests on access_request to :portal using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and exists (select 1 from client_user u where u.org_id = access_request.org_id and u.id = access_request.subject_id));

grant select, insert, update, delete on hosting, custom_role, service_account, assertion, access_request, access_review,
  access_review_item, proposal, view_as to :staff;
grant select on grant_use to :staff;
grant select, insert, update on grant_use to :worker;
grant select on custom_role, hosting, assertion to :worker;
grant select on hosting, custom_role, assertion, access_request to :portal;
grant insert, update on access_request to :portal;
grant select (org_id, id, zone_id, author_id, author_realm, source, comment, operations, base, state, decided_at, decision, change_id, created_at)
  on proposal to :portal;
grant insert, update on proposal to :portal;
grant update (name, place) on hosting to :portal;
