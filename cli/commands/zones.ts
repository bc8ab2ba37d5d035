import { readFileSync } from 'node:fs'
import type { ItemOf } from '@zoneward/api/types'
import type { Command } from 'commander'
import { call, everyItem } from '../call.ts'
import { readConnection } from '../connection.ts'
import { chooseProvider, findCustomer, findZone } from '../find.ts'
import { plainJson, plainLines, plainText, printTable } from '../plain-text.ts'
import { CommandError } from '../problem.ts'
import type { Session } from '../terminal.ts'

type Place = { provider?: string; customer?: string; comment?: string }

export function addZoneCommands(program: Command, session: Session): void {
  const zones = program.command('zones').description('the zones that you may see')
  zones
    .command('list', { isDefault: true })
    .description('list them, in DNS order')
    .option('--search <text>', 'only those with this in their name')
    .action(({ search }: { search?: string }) => listZones(session, search))
  withPlace(zones.command('create').description('make a zone with SOA and NS').argument('<name>')).action(
    (name: string, place: Place) => createZone(session, name, place, null),
  )
  withPlace(
    zones.command('import').description('make a zone from a zone file').argument('<file>', '"-" for standard input'),
  )
    .option('--name <zone>', 'where the file does not say it')
    .action((file: string, options: Place & { name?: string }) => importZone(session, file, options))
  zones
    .command('export')
    .description('print a zone as a zone file')
    .argument('<zone>')
    .action((zone: string) => exportZone(session, zone))
}

function withPlace(command: Command): Command {
  return command
    .option('--provider <name>', 'at which provider, where there are several')
    .option('--customer <name>', 'whose zone it is')
    .option('--comment <text>', 'for the history of the zone')
}

async function listZones(session: Session, search: string | undefined): Promise<void> {
  const query = search === undefined ? {} : { q: search }
  const zones = await Array.fromAsync(everyItem(readConnection(session), 'zones.list', { query }))
  if (session.json) session.out(`${plainJson(zones)}\n`)
  else if (zones.length === 0) session.out('There is no zone that you can see.\n')
  else session.out(printTable(['ZONE', 'RECORDS', 'SERIAL', 'ACCESS', 'CUSTOMER', 'PROVIDER'], zones.map(rowOf)))
}

function rowOf({ name, records, serial, level, customer, provider }: ItemOf<'zones.list'>): string[] {
  return [name, String(records), String(serial), level, customer?.name ?? '-', provider.name]
}

async function importZone(
  session: Session,
  file: string,
  { name, ...place }: Place & { name?: string },
): Promise<void> {
  const connection = readConnection(session)
  const text = readZoneText(file)
  const check = await call(connection, 'zone_file_checks.create', {
    body: { zone_file: text, ...(name === undefined ? {} : { name }) },
  })
  const [error] = check.errors
  if (error) {
    const lines = check.errors.map((each) => `  line ${each.line}: ${each.message}`)
    throw new CommandError(`${file} is not imported:\n${lines.join('\n')}`)
  }
  if (check.name === null) throw new CommandError(`${file} does not say which zone it is: add --name.`)
  if (check.existing_zone_id !== null) {
    throw new CommandError(
      `${check.name} is there already: "zoneward plan ${check.name} ${file}" shows the difference.`,
    )
  }
  await createZone(session, check.name, place, text)
}

async function createZone(session: Session, name: string, place: Place, zoneFile: string | null): Promise<void> {
  const connection = readConnection(session)
  const provider = await chooseProvider(connection, place.provider)
  const customer = place.customer === undefined ? null : await findCustomer(connection, place.customer)
  const zone = await call(connection, 'zones.create', {
    body: {
      name,
      provider_id: provider.id,
      customer_id: customer?.id ?? null,
      comment: place.comment ?? '',
      ...(zoneFile === null ? {} : { zone_file: zoneFile }),
    },
  })
  if (session.json) session.out(`${plainJson(zone)}\n`)
  else session.out(`${plainText(zone.name)} is there, with ${zone.records} records at ${plainText(provider.name)}.\n`)
}

async function exportZone(session: Session, text: string): Promise<void> {
  const connection = readConnection(session)
  const zone = await findZone(connection, text)
  const { zone_file } = await call(connection, 'zones.file.read', { params: { zone_id: zone.id } })
  session.out(session.json ? `${plainJson({ zone: zone.name, zone_file })}\n` : plainLines(zone_file))
}

/** The text of a zone file, or of standard input for "-". */
export function readZoneText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
  }
}
