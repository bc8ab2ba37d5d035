-- What a transaction touches of who may do what, noted by the tables themselves in settings of that transaction alone:
-- so an assertion is judged, and a preview compares, exactly what was changed, by cascade too, at the price of a few
-- bytes. One line each: `<kind> <+|~|-> <ids>`. They go with the transaction, and with a savepoint. To set a text costs
-- its length, so that they are kept in pieces; for more than 200 there is a single `*`: more than can be listed.
create function note_touched(lines text) returns void language plpgsql as $$
declare
  piece integer := coalesce(nullif(current_setting('app.touched', true), ''), '0')::integer;
  so_far text := coalesce(current_setting('app.touched_' || piece, true), '');
begin
  if lines is null or lines = '' or piece > 200 then return; end if;
  if octet_length(so_far) > 8000 then
    piece := piece + 1;
    so_far := '';
    perform set_config('app.touched', piece::text, true);
  end if;
  perform set_config('app.touched_' || piece,
    case when piece > 200 then '*' when so_far = '' then lines else so_far || E'\n' || lines end, true);
end $$;
revoke all on function note_touched from public;

create function touched() returns text language plpgsql as $$
declare
  pieces integer := coalesce(nullif(current_setting('app.touched', true), ''), '0')::integer;
begin
  if pieces > 200 then return '*'; end if;
  return (select string_agg(current_setting('app.touched_' || piece, true), E'\n' order by piece)
    from generate_series(0, pieces) as piece);
end $$;
revoke all on function touched from public;
grant execute on function touched to :staff, :portal;

-- Many rows of one statement at once.
create function touch_statement() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  lines text;
  sign text := case tg_op when 'INSERT' then '+' when 'DELETE' then '-' else '~' end;
begin
  if tg_table_name = 'access_grant' then
    select string_agg(concat_ws(' ', 'grant', sign, id, subject_id, scope_kind, scope_id), E'\n') into lines from rows_touched;
  else
    select string_agg(concat_ws(' ', 'team_member', sign, team_id, user_id), E'\n') into lines from rows_touched;
  end if;
  perform note_touched(lines);
  return null;
end $$;
revoke all on function touch_statement from public;

create trigger touched_insert after insert on access_grant referencing new table as rows_touched
  for each statement when (current_setting('app.org', true) <> '') execute function touch_statement();
create trigger touched_update after update on access_grant referencing new table as rows_touched
  for each statement when (current_setting('app.org', true) <> '') execute function touch_statement();
create trigger touched_delete after delete on access_grant referencing old table as rows_touched
  for each statement when (current_setting('app.org', true) <> '') execute function touch_statement();
create trigger touched_insert after insert on team_member referencing new table as rows_touched
  for each statement when (current_setting('app.org', true) <> '') execute function touch_statement();
create trigger touched_delete after delete on team_member referencing old table as rows_touched
  for each statement when (current_setting('app.org', true) <> '') execute function touch_statement();

-- Rows that seldom come in great numbers; of what was changed or deleted, where it hung before.
create function touch_row() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  sign text := case tg_op when 'INSERT' then '+' when 'DELETE' then '-' else '~' end;
  now_there jsonb := case tg_op when 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
  before jsonb := case tg_op when 'INSERT' then '{}' else to_jsonb(old) end;
begin
  perform note_touched(
    concat_ws(' ', tg_argv[0], sign, now_there ->> 'id', before ->> 'provider_id', before ->> 'customer_id'));
  return null;
end $$;
revoke all on function touch_row from public;

create trigger touched after insert or delete on zone
  for each row when (current_setting('app.org', true) <> '') execute function touch_row('zone');
create trigger touched_move after update of provider_id, customer_id on zone
  for each row when ((old.provider_id, old.customer_id) is distinct from (new.provider_id, new.customer_id)
    and current_setting('app.org', true) <> '') execute function touch_row('zone');
create trigger touched after insert or delete on hosting
  for each row when (current_setting('app.org', true) <> '') execute function touch_row('hosting');
create trigger touched_move after update of customer_id on hosting
  for each row when (old.customer_id is distinct from new.customer_id
    and current_setting('app.org', true) <> '') execute function touch_row('hosting');
create trigger touched after insert or delete on customer
  for each row when (current_setting('app.org', true) <> '') execute function touch_row('customer');
create trigger touched_ceiling after update of ceiling on customer
  for each row when (old.ceiling is distinct from new.ceiling
    and current_setting('app.org', true) <> '') execute function touch_row('ceiling');
create trigger touched after insert or delete on provider
  for each row when (current_setting('app.org', true) <> '') execute function touch_row('provider');
create trigger touched after update or delete on custom_role
  for each row when (current_setting('app.org', true) <> '') execute function touch_row('role');
create trigger touched_role_set after update of role_set on organization
  for each row when (old.role_set is distinct from new.role_set
    and current_setting('app.org', true) <> '') execute function touch_row('role_set');

-- An assertion about something that is gone says nothing any more, and goes with it.
create function end_assertions() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  lines text;
  gone text := old.id::text;
begin
  with ended as (
    delete from assertion
    where org_id = old.org_id
      and gone in (rule #>> '{at,id}', rule #>> '{who,scope,id}', rule #>> '{who,subject_id}')
    returning id, sentence)
  select string_agg(concat_ws(' ', 'assertion', '-', id, to_json(sentence)), E'\n') into lines from ended;
  perform note_touched(lines);
  return null;
end $$;
revoke all on function end_assertions from public;

create trigger ends_assertions after delete on subject for each row execute function end_assertions();
create trigger ends_assertions after delete on customer for each row execute function end_assertions();
create trigger ends_assertions after delete on provider for each row execute function end_assertions();
create trigger ends_assertions after delete on zone for each row execute function end_assertions();
create trigger ends_assertions after delete on hosting for each row execute function end_assertions();
