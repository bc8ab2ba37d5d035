-- A role that gives less than before, or is gone, is noted as taken away: a restore of an older copy takes it from everybody.
create trigger revoked after delete on custom_role for each row execute function note_revocation();
create trigger narrowed after update on custom_role for each row
  when (not (new.permissions @> old.permissions)) execute function note_revocation();

-- So is the ceiling of a customer, unless it can be seen to have become wider only. Without one of its own a customer
-- follows the role set of its organization, which is not known here.
create function note_lower_ceiling() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into revocation (org_id, kind, id) values (old.org_id, 'customer_ceiling', old.id::text)
  on conflict (org_id, kind, id) do update set at = clock_timestamp();
  return null;
end $$;
revoke all on function note_lower_ceiling from public;
create trigger lowered after update on customer for each row
  when (old.ceiling is distinct from new.ceiling
    and not coalesce((new.ceiling -> 'permissions') @> (old.ceiling -> 'permissions')
      and (new.ceiling -> 'roles') @> (old.ceiling -> 'roles'), false))
  execute function note_lower_ceiling();

/* Seats of a customer of the transaction's organization: its client accounts, and invitations that can still be accepted. */
create function customer_seats_taken(of_customer uuid) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select (select count(*) from client_user where org_id = org.id and customer_id = of_customer)
       + (select count(*) from invitation where org_id = org.id and customer_id = of_customer
          and accepted_at is null and revoked_at is null and expires_at > clock_timestamp())
  from (select nullif(current_setting('app.org', true), '')::uuid as id) org
$$;
revoke all on function customer_seats_taken(uuid) from public;
grant execute on function customer_seats_taken to :staff, :portal;
