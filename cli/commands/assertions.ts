import type { BodyOf } from '@zoneward/api/types'
import type { Command } from 'commander'
import { call, everyItem } from '../call.ts'
import { type Connection, readConnection } from '../connection.ts'
import { findRole, findSubject } from '../find.ts'
import { plainJson, plainText, printTable } from '../plain-text.ts'
import { CommandError } from '../problem.ts'
import type { Session } from '../terminal.ts'
import { place, scopeOf } from './access.ts'

type Options = { who: string; cannot: string; at: string; record?: string; sentence?: string; except?: string[] }

export function addAssertionCommands(program: Command, session: Session): void {
  const assert = program.command('assert').description('what must never be possible, checked on every change of access')
  assert
    .command('list', { isDefault: true })
    .description('all that is kept')
    .action(() => list(session))
  ruled(assert.command('add').description('keep one; refused while it does not hold')).action((options: Options) =>
    add(session, options),
  )
  ruled(assert.command('try').description('does it hold now? Nothing is kept. Exit code 2: no')).action(
    async (options: Options) => {
      const connection = readConnection(session)
      await check(session, connection, { rule: await ruleOf(connection, options) })
    },
  )
  assert
    .command('check')
    .description('does everything that is kept hold now? Exit code 2: no')
    .action(() => check(session, readConnection(session), {}))
  assert
    .command('remove')
    .description('keep it no longer')
    .argument('<id>', 'as the list shows it')
    .action(async (id: string) => {
      await call(readConnection(session), 'assertions.delete', { params: { assertion_id: id } })
      session.out(session.json ? 'null\n' : 'Removed.\n')
    })
}

function ruled(command: Command): Command {
  return command
    .requiredOption('--who <who>', 'anyone, staff, clients, ROLE@PLACE, or a person, team:NAME, service:NAME')
    .requiredOption('--cannot <permission>', 'such as records.protected.write')
    .requiredOption('--at <place>', `there and below: ${place}`)
    .option('--record <pattern>', 'only such records: "example.com NS", "_acme-challenge.** TXT"')
    .option('--except <who...>', 'but these may')
    .option('--sentence <text>', 'in your own words')
}

async function list(session: Session): Promise<void> {
  const all = await Array.fromAsync(everyItem(readConnection(session), 'assertions.list', {}))
  if (session.json) session.out(`${plainJson(all)}\n`)
  else if (all.length === 0) session.out('Nothing is kept: zoneward assert add --help.\n')
  else
    session.out(
      printTable(
        ['ID', 'SENTENCE'],
        all.map(({ id, sentence }) => [id, sentence]),
      ),
    )
}

async function add(session: Session, options: Options): Promise<void> {
  const connection = readConnection(session)
  const kept = await call(connection, 'assertions.create', { body: await ruleOf(connection, options) })
  session.out(session.json ? `${plainJson(kept)}\n` : `${plainText(`Kept: ${kept.sentence}`)}\n`)
}

async function check(session: Session, connection: Connection, body: BodyOf<'assertions.check'>): Promise<void> {
  const { items } = await call(connection, 'assertions.check', { body })
  if (items.some(({ holds }) => !holds)) session.exitCode = 2
  if (session.json) {
    session.out(`${plainJson(items)}\n`)
    return
  }
  const lines = items.flatMap(({ assertion, holds, breaches }) => [
    `${holds ? 'holds ' : 'broken'}  ${assertion.sentence}`,
    ...breaches.map(({ path }) => `        ${path.join(' → ')}`),
  ])
  session.out((lines.length > 0 ? lines : ['Nothing is kept.']).map((line) => `${plainText(line)}\n`).join(''))
}

async function ruleOf(connection: Connection, options: Options): Promise<BodyOf<'assertions.create'>> {
  const [name, ...types] = options.record?.trim().split(/[\s,]+/) ?? []
  return {
    who: await whoOf(connection, options.who),
    permission: options.cannot,
    at: await scopeOf(connection, options.at),
    ...(name === undefined ? {} : { record: { name, ...(types.length > 0 ? { types } : {}) } }),
    except: await Promise.all((options.except ?? []).map((text) => findSubject(connection, text))),
    ...(options.sentence === undefined ? {} : { sentence: options.sentence }),
  }
}

async function whoOf(connection: Connection, text: string): Promise<BodyOf<'assertions.create'>['who']> {
  if (text === 'anyone') return { kind: 'anyone' }
  if (text === 'staff') return { kind: 'realm', realm: 'staff' }
  if (text === 'clients') return { kind: 'realm', realm: 'client' }
  const [, role, at] = /^([^@]+)@((?:zone|customer|provider|hosting):.+|organization)$/.exec(text) ?? []
  if (role === undefined || at === undefined)
    return { kind: 'subject', subject_id: await findSubject(connection, text) }
  const scope = await scopeOf(connection, at)
  const { id, scope_kind, name } = await findRole(connection, role)
  if (scope_kind !== scope.kind)
    throw new CommandError(`${name} is granted at a ${scope_kind}, not at a ${scope.kind}.`)
  return { kind: 'role', role_id: id, scope }
}
