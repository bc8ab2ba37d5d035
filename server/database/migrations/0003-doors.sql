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

/* Takes away what has run out: ended sessions, answers kept for repetitions, counted tries. Run by the queue, every hour. */
create function sweep_expired() returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from staff_session where expires_at < clock_timestamp() or last_seen_at < clock_timestamp() - interval '1 day';
  delete from client_session where expires_at < clock_timestamp() or last_seen_at < clock_timestamp() - interval '1 day';
  delete from idempotent_answer where created_at < clock_timestamp() - interval '1 day';
  delete from rate_limit where expire < extract(epoch from clock_timestamp()) * 1000;
$$;
revoke all on function sweep_expired() from public;
grant execute on function sweep_expired() to :worker;
