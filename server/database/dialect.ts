import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type pg from 'pg'
import type { StatementNames } from './statement-names.ts'

/** Kysely over one of our pools; statements that come back often are named, see statement-names.ts. */
export function createDialect(pool: pg.Pool, names: StatementNames): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => createDriver(pool, names),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}

/** One client as Kysely sees it. */
export function createConnection(client: pg.ClientBase, names: StatementNames): DatabaseConnection {
  return {
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      const name = names(sql)
      const values = [...parameters]
      const result = await client.query(name ? { name, text: sql, values } : { text: sql, values })
      return { rows: result.rows, numAffectedRows: BigInt(result.rowCount ?? 0) }
    },
    streamQuery() {
      throw new Error('Rows are not streamed through Kysely here; page by key instead.')
    },
  }
}

function createDriver(pool: pg.Pool, names: StatementNames): Driver {
  const run = async (connection: DatabaseConnection, sql: string) => {
    await connection.executeQuery(CompiledQuery.raw(sql))
  }
  const clients = new WeakMap<DatabaseConnection, pg.PoolClient>()
  return {
    init: async () => {},
    acquireConnection: async () => {
      const client = await pool.connect()
      const connection = createConnection(client, names)
      clients.set(connection, client)
      return connection
    },
    releaseConnection: async (connection) => clients.get(connection)?.release(),
    beginTransaction: (connection) => run(connection, 'begin'),
    commitTransaction: (connection) => run(connection, 'commit'),
    rollbackTransaction: (connection) => run(connection, 'rollback'),
    destroy: async () => {},
  }
}
