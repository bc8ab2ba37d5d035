import pg from 'pg'
import { StartError } from '../start-error.ts'
import { type BackupRow, isEnd, readBackupFile } from './backup-file.ts'
import { tablesInOrder } from './table-order.ts'

const rowsAtOnce = 2_000

/** Inserts every row of a back-up into the tables, which are empty; how many there were of each. */
export async function loadRows(client: pg.ClientBase, file: string): Promise<Record<string, number>> {
  const types = new Map(
    (await tablesInOrder(client)).map(({ name, columns }) => [name, new Map(columns.map((c) => [c.name, c.type]))]),
  )
  const counts: Record<string, number> = {}
  let insert: (() => Promise<void>) | null = null
  let name = ''
  let waiting: BackupRow[] = []
  for await (const line of readBackupFile(file)) {
    if (Array.isArray(line)) {
      waiting.push(line)
      if (waiting.length >= rowsAtOnce) await insert?.()
      continue
    }
    await insert?.()
    if (isEnd(line)) checkCounts(file, counts, line.rows)
    if (!('table' in line)) continue
    name = line.table
    const statement = insertStatement(line.table, line.columns, types.get(line.table))
    insert = async () => {
      counts[name] = (counts[name] ?? 0) + waiting.length
      if (waiting.length > 0) await client.query(statement, [JSON.stringify(waiting)])
      waiting = []
    }
  }
  return counts
}

function insertStatement(table: string, columns: string[], types: Map<string, string> | undefined): string {
  const values = columns.map((column, index) => {
    const type = types?.get(column)
    if (!type) throw new StartError(`The back-up has ${table}.${column}, which this version of Zoneward does not know`)
    return `(r->>${index})::${type}`
  })
  const names = columns.map((column) => pg.escapeIdentifier(column)).join(', ')
  return `insert into ${pg.escapeIdentifier(table)} (${names}) select ${values.join(', ')} from json_array_elements($1::json) r`
}

function checkCounts(file: string, found: Record<string, number>, expected: Record<string, number>): void {
  const wrong = Object.entries(expected).find(([table, count]) => (found[table] ?? 0) !== count)
  if (wrong)
    throw new StartError(
      `${file} is damaged: it should have ${wrong[1]} rows of ${wrong[0]} and has ${found[wrong[0]] ?? 0}`,
    )
}
