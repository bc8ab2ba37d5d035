-- What is taken away is noted by the tables themselves, so that nothing that goes by cascade (with a customer, a zone, a
-- person) is forgotten: a restore of an older copy takes it away again. A grant that was changed counts too: where only
-- the tombstones are left, nobody can tell what it was narrowed to.
create function note_revocation() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  gone text := case tg_table_name
    when 'access_grant' then 'grant'
    else tg_table_name end;
  which text := case tg_table_name
    when 'team_member' then (to_jsonb(old) ->> 'team_id') || ' ' || (to_jsonb(old) ->> 'user_id')
    else to_jsonb(old) ->> 'id' end;
begin
  -- With a whole organization its tombstones go as well.
  if exists (select from organization where id = old.org_id) then
    insert into revocation (org_id, kind, id) values (old.org_id, gone, which)
    on conflict (org_id, kind, id) do update set at = clock_timestamp();
  end if;
  return null;
end $$;
revoke all on function note_revocation from public;

create trigger revoked after delete on access_grant for each row execute function note_revocation();
create trigger narrowed after update on access_grant for each row
  when ((old.role_id, old.patterns, old.starts_at, old.ends_at, old.review_required)
    is distinct from (new.role_id, new.patterns, new.starts_at, new.ends_at, new.review_required))
  execute function note_revocation();
create trigger revoked after delete on api_key for each row execute function note_revocation();
create trigger revoked after delete on member for each row execute function note_revocation();
create trigger revoked after delete on client_user for each row execute function note_revocation();
create trigger revoked after delete on team_member for each row execute function note_revocation();
