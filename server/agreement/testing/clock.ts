import type { Product } from '../../../test/product.ts'

/** Stands still at this moment, in milliseconds; null lets it go on. */
export type Clock = (at: number | null) => Promise<void>

// Where a function stands in the search path before the system's own, it is called instead: a clock that can be set,
// so that the very moment at which a grant begins or ends can be asked about.
const install = `
  create schema clock;
  create table clock.stands (at timestamptz);
  create function clock.clock_timestamp() returns timestamptz language sql volatile as
    'select coalesce((select at from clock.stands), pg_catalog.clock_timestamp())';
  grant usage on schema clock to public;
  grant select on clock.stands to public;
  do $$ declare each record; begin
    for each in select oid::regprocedure as name from pg_proc
      where pronamespace = 'public'::regnamespace and prosrc like '%clock_timestamp()%' and prosecdef
    loop execute format('alter function %s set search_path = clock, public, pg_catalog, pg_temp', each.name); end loop;
    execute format('alter database %I set search_path = clock, public, pg_catalog', current_database());
  end $$`

/** Gives the product's database a clock that can be stopped, for connections made from now on. */
export async function installClock({ database }: Product): Promise<Clock> {
  await database.asSuperuser(install)
  await database.asSuperuser(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
    and application_name in ('zoneward staff', 'zoneward portal')`)
  return async (at) => {
    await database.asSuperuser(
      'with gone as (delete from clock.stands) insert into clock.stands select to_timestamp($1::float8 / 1000)',
      [at],
    )
  }
}
