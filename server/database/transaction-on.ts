import {
  DefaultQueryExecutor,
  type Dialect,
  DummyDriver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SingleConnectionProvider,
  Transaction,
} from 'kysely'
import type pg from 'pg'
import { createConnection } from './dialect.ts'
import type { Schema } from './schema.ts'
import type { StatementNames } from './statement-names.ts'

/** A transaction: its queries all run on the one connection that has `app.org` set. */
export type Tx = Transaction<Schema>

/** Kysely on a connection where somebody has begun a transaction, and ends it as well. */
export function transactionOn(client: pg.ClientBase, names: StatementNames = () => undefined): Tx {
  const provider = new SingleConnectionProvider(createConnection(client, names))
  const executor = new DefaultQueryExecutor(compiler, adapter, provider)
  return new Transaction<Schema>({ config: { dialect }, dialect, driver, executor })
}

const compiler = new PostgresQueryCompiler()
const adapter = new PostgresAdapter()
const driver = new DummyDriver()

// Begins and ends nothing: that is the business of whoever has the connection.
const dialect: Dialect = {
  createAdapter: () => adapter,
  createDriver: () => driver,
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => compiler,
}
