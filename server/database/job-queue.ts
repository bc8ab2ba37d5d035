import { Logger, runMigrations } from 'graphile-worker'
import pg from 'pg'
import type { Login, Place } from './connection-url.ts'
import type { RoleNames } from './roles.ts'

/**
 * The schema of the job queue, installed by the owner. Jobs enter through add_task alone, which lets nobody queue work
 * for another organization; only the worker can take them out again.
 */
export async function installJobQueue(place: Place, owner: Login, names: RoleNames): Promise<void> {
  const pool = new pg.Pool({ ...place.connect(owner), max: 2 })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    await runMigrations({ pgPool: pool, logger: new Logger(() => () => {}) })
    await pool.query(`begin; ${rights(names)}; ${addTask(names)}; commit`)
  } finally {
    await pool.end()
  }
}

function rights(names: RoleNames): string {
  const worker = pg.escapeIdentifier(names.worker)
  return `
    revoke all on all functions in schema graphile_worker from public;
    grant usage on schema graphile_worker to ${worker};
    grant select, insert, update, delete on all tables in schema graphile_worker to ${worker};
    grant usage, select on all sequences in schema graphile_worker to ${worker};
    grant execute on all functions in schema graphile_worker to ${worker};
    do $$
    declare t regclass;
    begin
      for t in select oid from pg_class where relnamespace = 'graphile_worker'::regnamespace and relkind = 'r' and relrowsecurity
      loop
        execute format('drop policy if exists worker_all on %s', t);
        execute format('create policy worker_all on %s to ${worker} using (true) with check (true)', t);
      end loop;
    end $$`
}

// The payload names the organization that the transaction is in, or none when the transaction is in none.
function addTask(names: RoleNames): string {
  const callers = [names.staff, names.portal, names.worker].map((name) => pg.escapeIdentifier(name)).join(', ')
  return `
    create or replace function public.add_task(identifier text, payload json, run_at timestamptz default null, job_key text default null)
    returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if payload->>'orgId' is distinct from nullif(current_setting('app.org', true), '') then
        raise exception 'add_task: the payload is of another organization than the transaction' using errcode = '42501';
      end if;
      perform graphile_worker.add_job(identifier, payload, run_at => run_at, job_key => job_key);
    end $$;
    revoke all on function public.add_task from public;
    grant execute on function public.add_task to ${callers}`
}
