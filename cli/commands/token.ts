import type { BodyOf } from '@zoneward/api/types'
import type { Command } from 'commander'
import { call, everyItem } from '../call.ts'
import { type Connection, readConnection } from '../connection.ts'
import { findZone } from '../find.ts'
import { plainJson, plainText, printTable } from '../plain-text.ts'
import { CommandError } from '../problem.ts'
import type { Session } from '../terminal.ts'

type Options = { permission?: string[]; zone?: string[]; records?: string[]; network?: string[]; expires?: string }

export function addTokenCommands(program: Command, session: Session): void {
  const token = program.command('token').description('your API keys')
  token
    .command('create')
    .description('make a key, as narrow as you like and never wider than you; it is shown once')
    .argument('<name>')
    .option('--permission <id...>', 'only these permissions')
    .option('--zone <name...>', 'only these zones')
    .option('--records <pattern...>', 'only these records: "_acme-challenge.** TXT"')
    .option('--network <cidr...>', 'only from these networks')
    .option('--expires <time>', 'when it ends: 2027-01-31, or a whole time')
    .action((name: string, options: Options) => createToken(session, name, options))
  token
    .command('list', { isDefault: true })
    .description('list them')
    .action(() => listTokens(session))
  token
    .command('revoke')
    .description('end a key at once')
    .argument('<id>', 'its id or name')
    .action((id: string) => revokeToken(session, id))
}

async function createToken(session: Session, name: string, options: Options): Promise<void> {
  const connection = readConnection(session)
  const expires = options.expires === undefined ? {} : { expires_at: timeOf(options.expires) }
  const body = { name, ceiling: await ceilingOf(connection, options), ...expires }
  const key = await call(connection, 'api_keys.create', { body })
  if (session.json) session.out(`${plainJson(key)}\n`)
  else {
    session.out(`${plainText(key.token)}\n`)
    session.err('It is shown this once: keep it where it is needed.\n')
  }
}

type Ceiling = NonNullable<BodyOf<'api_keys.create'>['ceiling']>

async function ceilingOf(connection: Connection, { permission, zone, records, network }: Options): Promise<Ceiling> {
  const zones = zone && (await Promise.all(zone.map((name) => findZone(connection, name))))
  return {
    ...(permission ? { permissions: permission } : {}),
    ...(zones ? { scopes: zones.map(({ id }) => ({ kind: 'zone' as const, id })) } : {}),
    ...(records ? { patterns: records.map(patternOf) } : {}),
    ...(network ? { networks: network } : {}),
  }
}

/** "_acme-challenge.** TXT,CNAME": a name pattern, and types if only some are meant. */
function patternOf(text: string): { names: string[]; types?: string[] } {
  const [name = '', types] = text.trim().split(/\s+/)
  return types === undefined ? { names: [name] } : { names: [name], types: types.split(',') }
}

function timeOf(text: string): string {
  const time = new Date(text)
  if (Number.isNaN(time.getTime()))
    throw new CommandError(`"${text}" is no time: write 2027-01-31 or 2027-01-31T12:00:00Z.`)
  return time.toISOString()
}

async function listTokens(session: Session): Promise<void> {
  const keys = await Array.fromAsync(everyItem(readConnection(session), 'api_keys.list', {}))
  if (session.json) {
    session.out(`${plainJson(keys)}\n`)
    return
  }
  const rows = keys.map((key) => [key.id, key.name, key.hint, key.expires_at ?? 'never', key.last_used_at ?? 'never'])
  session.out(printTable(['ID', 'NAME', 'BEGINS WITH', 'ENDS', 'LAST USED'], rows))
}

async function revokeToken(session: Session, text: string): Promise<void> {
  const connection = readConnection(session)
  const keys = await Array.fromAsync(everyItem(connection, 'api_keys.list', {}))
  const found = keys.filter((key) => key.id === text || key.name === text)
  const [only] = found
  if (!only || found.length > 1) {
    throw new CommandError(only ? `Several keys are called "${text}": use an id.` : `You have no key "${text}".`)
  }
  await call(connection, 'api_keys.delete', { params: { api_key_id: only.id } })
  if (session.json) session.out(`${plainJson({ revoked: only.id })}\n`)
  else session.out(`The key ${plainText(only.name)} is revoked.\n`)
}
