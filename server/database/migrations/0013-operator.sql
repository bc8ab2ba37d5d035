-- What whoever runs the instance may know and set, across organizations: counts and names, nothing within. Each function
-- asks for the account itself, so that nobody else gets an answer from it.
create function is_operator(of_account uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from account where id = of_account and is_operator)
$$;

create function instance_counts(operator uuid)
returns table (organizations bigint, zones bigint, records bigint, accounts bigint, client_users bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select (select count(*) from organization), (select count(*) from zone), (select coalesce(sum(record_count), 0) from zone),
    (select count(*) from account), (select count(*) from client_user)
  where is_operator(operator)
$$;

/* One page in order of names, or the one organization that is asked for. */
create function operated_organizations(operator uuid, after_name text, after_id uuid, most integer, only_id uuid)
returns table (id uuid, name text, slug text, role_set text, created_at timestamptz, name_key text, members bigint, client_users bigint, customers bigint, zones bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, o.name, o.slug, o.role_set, o.created_at, lower(o.name),
    (select count(*) from member m where m.org_id = o.id), (select count(*) from client_user u where u.org_id = o.id),
    (select count(*) from customer c where c.org_id = o.id), (select count(*) from zone z where z.org_id = o.id)
  from organization o
  where is_operator(operator) and (only_id is null or o.id = only_id)
    and (after_name is null or (lower(o.name), o.id) > (after_name, after_id))
  order by lower(o.name), o.id limit most
$$;

create function set_sign_up(operator uuid, mode text) returns void
language sql security definer set search_path = public, pg_temp as $$
  update instance set sign_up = mode where is_operator(operator)
$$;

revoke all on function is_operator, instance_counts, operated_organizations, set_sign_up from public;
grant execute on function instance_counts, operated_organizations, set_sign_up to :staff;

-- People × things of the whole organization lists the zones that have no customer.
create index zone_of_nobody on zone (org_id, sort_key, id) where customer_id is null;
