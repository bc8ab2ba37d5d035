import type pg from 'pg'

export interface StoredTable {
  name: string
  columns: { name: string; type: string }[]
}

// What is not carried over: sessions end with a restore, and who looks as whom within one; counters and remembered answers are of the moment; instance and
// migration are written by the set-up of the database that is restored into.
const leftOut = [
  'staff_session',
  'client_session',
  'view_as',
  'rate_limit',
  'idempotent_answer',
  'instance',
  'migration',
]

/** The tables that a back-up holds, each after those that it refers to; generated columns are left out. */
export async function tablesInOrder(client: pg.ClientBase): Promise<StoredTable[]> {
  const { rows: columns } = await client.query<{ table: string; name: string; type: string }>(
    `select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
       and a.attgenerated = '' and c.relname <> all ($1)
     order by c.relname, a.attnum`,
    [leftOut],
  )
  const { rows: references } = await client.query<{ table: string; target: string }>(
    `select distinct conrelid::regclass::text as table, confrelid::regclass::text as target
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conrelid <> confrelid`,
  )
  const byTable = Map.groupBy(columns, (column) => column.table)
  const waiting = new Map(
    [...byTable].map(([name, list]) => [name, { name, columns: list.map(({ name, type }) => ({ name, type })) }]),
  )
  const ordered: StoredTable[] = []
  while (waiting.size > 0) {
    const free = [...waiting.values()].find(
      ({ name }) => !references.some((reference) => reference.table === name && waiting.has(reference.target)),
    )
    if (!free) throw new Error(`These tables refer to each other in a circle: ${[...waiting.keys()].join(', ')}`)
    waiting.delete(free.name)
    ordered.push(free)
  }
  return ordered
}
