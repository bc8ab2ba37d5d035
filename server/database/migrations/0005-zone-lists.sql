-- Who holds very many zones one by one gets lists from the grants themselves, which are kept in DNS order for that. A
-- zone never changes its name, so neither does its place.
alter table access_grant add column zone_sort_key bytea;
create function note_zone_order() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.zone_sort_key := (select sort_key from zone where org_id = new.org_id and id = new.zone_id);
  return new;
end $$;
revoke all on function note_zone_order from public;
create trigger zone_order before insert or update of zone_id on access_grant
  for each row when (new.zone_id is not null) execute function note_zone_order();
alter table access_grant enable always trigger zone_order;
update access_grant g set zone_sort_key = z.sort_key from zone z where z.org_id = g.org_id and z.id = g.zone_id;
create index grant_zone_order on access_grant (org_id, subject_id, zone_sort_key, zone_id) where zone_id is not null;
