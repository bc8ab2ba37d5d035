-- Counts that a client account's pool may know without seeing the rows behind them.

/* Seats of the transaction's organization: members, client accounts, and invitations that can still be accepted. */
create function seats_taken() returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select (select count(*) from member where org_id = org.id)
       + (select count(*) from client_user where org_id = org.id)
       + (select count(*) from invitation
          where org_id = org.id and accepted_at is null and revoked_at is null and expires_at > clock_timestamp())
  from (select nullif(current_setting('app.org', true), '')::uuid as id) org
$$;
revoke all on function seats_taken() from public;
grant execute on function seats_taken() to :staff, :portal;
