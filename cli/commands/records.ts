import type { BodyOf, ItemOf } from '@zoneward/api/types'
import { parseName } from '@zoneward/dns'
import type { Command } from 'commander'
import { call, everyItem } from '../call.ts'
import { type Connection, readConnection } from '../connection.ts'
import { findZone } from '../find.ts'
import { plainJson, printTable } from '../plain-text.ts'
import { CommandError } from '../problem.ts'
import type { Session } from '../terminal.ts'
import { printResult } from './plan.ts'

type Item = ItemOf<'records.list'>
type Operation = BodyOf<'changes.create'>['operations'][number]
type Options = { ttl?: string; comment?: string }

export function addRecordCommands(program: Command, session: Session): void {
  const records = program.command('records').description('the records of a zone')
  records
    .command('list', { isDefault: true })
    .description('list them, in DNS order')
    .argument('<zone>')
    .option('--name <name>', 'only at this name')
    .option('--type <type>', 'only of this type')
    .action((zone: string, options: { name?: string; type?: string }) => listRecords(session, zone, options))
  const written = (name: string, description: string, data: string) =>
    records
      .command(name)
      .description(description)
      .argument('<zone>')
      .argument('<name>', 'relative to the zone: "@", "www"; or absolute with a final dot')
      .argument('<type>')
      .argument(data, 'as in a zone file')
      .option('--comment <text>', 'for the history of the zone')
  type Write = [zone: string, name: string, type: string, data: string[], options: Options]
  written('add', 'add a record', '<data...>')
    .option('--ttl <seconds>', 'how long it may be kept; without it that of the records beside it, or 3600')
    .action((...[zone, name, type, data, options]: Write) => addRecord(session, zone, { name, type, data, options }))
  written('set', 'make these the only records of a name and type; one argument a record', '<data...>')
    .option('--ttl <seconds>', 'how long they may be kept')
    .action((...[zone, name, type, data, options]: Write) => setRecords(session, zone, { name, type, data, options }))
  written('delete', 'delete records of a name and type; all of them where no data is named', '[data...]').action(
    (...[zone, name, type, data, options]: Write) => deleteRecords(session, zone, { name, type, data, options }),
  )
}

async function listRecords(session: Session, text: string, { name, type }: { name?: string; type?: string }) {
  const connection = readConnection(session)
  const zone = await findZone(connection, text)
  const wanted = name === undefined ? undefined : absolute(name, zone.name)
  const found = await Array.fromAsync(
    everyItem(connection, 'records.list', {
      params: { zone_id: zone.id },
      query: { ...(wanted === undefined ? {} : { name: wanted }), ...(type === undefined ? {} : { type }) },
    }),
  )
  if (session.json) {
    session.out(`${plainJson(found)}\n`)
    return
  }
  const rows = found.map((each) => [each.owner, String(each.ttl), each.type, each.data, each.changed_by.name])
  session.out(printTable(['NAME', 'TTL', 'TYPE', 'DATA', 'CHANGED BY'], rows))
}

type Wish = { name: string; type: string; data: string[]; options: Options }

async function addRecord(session: Session, text: string, { name, type, data, options }: Wish): Promise<void> {
  const { connection, zone } = await open(session, text)
  const ttl = ttlOf(options)
  const record = { name: absolute(name, zone.name), type, data: data.join(' ') }
  const operations = [create({ ...record, ...(ttl === undefined ? {} : { ttl }) })]
  await change(session, { connection, zone, operations, comment: options.comment })
}

async function setRecords(session: Session, text: string, { name, type, data, options }: Wish): Promise<void> {
  const { connection, zone } = await open(session, text)
  const full = absolute(name, zone.name)
  const there = await recordsAt(connection, zone.id, full, type)
  const ttl = ttlOf(options) ?? there[0]?.ttl ?? 3600
  const operations = [
    ...there.map(({ id }): Operation => ({ op: 'delete', record_id: id })),
    ...data.map((each) => create({ name: full, type, data: each, ttl })),
  ]
  await change(session, { connection, zone, operations, comment: options.comment })
}

async function deleteRecords(session: Session, text: string, { name, type, data, options }: Wish): Promise<void> {
  const { connection, zone } = await open(session, text)
  const full = absolute(name, zone.name)
  const wanted = data.join(' ')
  const there = (await recordsAt(connection, zone.id, full, type)).filter(
    (each) => wanted === '' || each.data === wanted,
  )
  if (there.length === 0) throw new CommandError(`There is no ${type} record${wanted && ` ${wanted}`} at ${full}`)
  const operations = there.map(({ id }): Operation => ({ op: 'delete', record_id: id }))
  await change(session, { connection, zone, operations, comment: options.comment })
}

async function open(session: Session, text: string) {
  const connection = readConnection(session)
  return { connection, zone: await findZone(connection, text) }
}

type Change = {
  connection: Connection
  zone: ItemOf<'zones.list'>
  operations: Operation[]
  comment: string | undefined
}

// The serial that the records were read at goes with it: what somebody else changed meanwhile is not overwritten.
async function change(session: Session, { connection, zone, operations, comment = '' }: Change): Promise<void> {
  const parts = { params: { zone_id: zone.id }, body: { operations, comment } }
  const result = await call(connection, 'changes.create', parts, { ifMatch: zone.serial })
  printResult(session, zone.name, result)
}

function recordsAt(connection: Connection, zoneId: string, name: string, type: string): Promise<Item[]> {
  const query = { name, type: type.toUpperCase() }
  return Array.fromAsync(everyItem(connection, 'records.list', { params: { zone_id: zoneId }, query }))
}

function create(record: { name: string; type: string; data: string; ttl?: number }): Operation {
  return { op: 'create', ...record }
}

function ttlOf({ ttl }: Options): number | undefined {
  if (ttl === undefined) return undefined
  if (/^\d{1,10}$/.test(ttl)) return Number(ttl)
  throw new CommandError(`"${ttl}" is no TTL: write seconds, such as 3600.`)
}

/** The whole name with its final dot, so that it means the same wherever it is read. */
function absolute(name: string, zone: string): string {
  const origin = parseName(zone, '.')
  const parsed = 'error' in origin ? origin : parseName(name, origin.name)
  if ('error' in parsed) throw new CommandError(parsed.error)
  return parsed.name
}
