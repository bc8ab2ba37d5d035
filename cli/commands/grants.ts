import { readFileSync } from 'node:fs'
import type { BodyOf, ItemOf } from '@zoneward/api/types'
import type { Command } from 'commander'
import { call, everyItem } from '../call.ts'
import { type Connection, readConnection } from '../connection.ts'
import { findRole, findSubject } from '../find.ts'
import { readMoment } from '../moment.ts'
import { plainJson, plainText } from '../plain-text.ts'
import { CommandError } from '../problem.ts'
import type { Session } from '../terminal.ts'
import { place, scopeOf } from './access.ts'

type Options = { records?: string[]; from?: string; until?: string; review?: boolean; reason?: string }
type Step = BodyOf<'access_previews.create'>['steps'][number]
const who = 'mail address, name, team:NAME, service:NAME or id'

export function addGrantCommands(program: Command, session: Session): void {
  granting(program.command('grant').description('give somebody a role at a place')).action(
    (subject: string, role: string, at: string, options: Options) => give(session, [subject, role, at], options),
  )
  program
    .command('revoke')
    .description('take a role away again; in force for every request from then on')
    .argument('<who>', who)
    .argument('<role>', 'its id or name')
    .argument('<place>', place)
    .action((subject: string, role: string, at: string) => take(session, [subject, role, at]))
  const preview = program
    .command('preview')
    .description(
      'who would gain and lose what by a change of access; nothing is changed. Exit code 2: it would be refused',
    )
  granting(preview.command('grant').description('of giving a role')).action(
    async (subject: string, role: string, at: string, options: Options) => {
      const connection = readConnection(session)
      await show(session, connection, [
        { operation: 'grants.create', params: {}, body: await wishOf(connection, [subject, role, at], options) },
      ])
    },
  )
  preview
    .command('revoke')
    .description('of taking a role away')
    .argument('<who>', who)
    .argument('<role>', 'its id or name')
    .argument('<place>', place)
    .action(async (subject: string, role: string, at: string) => {
      const connection = readConnection(session)
      const { id } = await findGrant(connection, [subject, role, at])
      await show(session, connection, [{ operation: 'grants.delete', params: { grant_id: id } }])
    })
  preview
    .command('steps')
    .description('of up to 20 requests in a JSON file: [{"operation": "grants.delete", "params": {…}, "body": {…}}, …]')
    .argument('<file>', 'the file; "-" for standard input')
    .action(async (file: string) => show(session, readConnection(session), readSteps(file)))
}

function granting(command: Command): Command {
  return command
    .argument('<who>', who)
    .argument('<role>', 'its id or name, such as msp.viewer')
    .argument('<place>', place)
    .option('--records <pattern...>', 'only these records, such as "_acme-challenge.** TXT"')
    .option('--from <time>', 'from then on: 2026-12-01T08:00:00Z, or 2h from now')
    .option('--until <time>', 'until then: 2026-12-24T18:00:00Z, or 8h or 30d from now')
    .option('--review', 'what it writes becomes a proposal')
    .option('--reason <text>', 'for the audit log')
}

async function give(session: Session, words: Words, options: Options): Promise<void> {
  const connection = readConnection(session)
  const grant = await call(connection, 'grants.create', { body: await wishOf(connection, words, options) })
  if (session.json) session.out(`${plainJson(grant)}\n`)
  else
    session.out(
      `${plainText(`${grant.subject.name} is ${grant.role} on the ${grant.scope.kind} ${grant.scope.name}${grant.ends_at ? ` until ${grant.ends_at}` : ''}.`)}\n`,
    )
}

async function take(session: Session, words: Words): Promise<void> {
  const connection = readConnection(session)
  const grant = await findGrant(connection, words)
  await call(connection, 'grants.delete', { params: { grant_id: grant.id } })
  if (session.json) session.out(`${plainJson(grant)}\n`)
  else
    session.out(
      `${plainText(`${grant.subject.name} is ${grant.role} on the ${grant.scope.kind} ${grant.scope.name} no more.`)}\n`,
    )
}

type Words = [subject: string, role: string, place: string]

async function wishOf(
  connection: Connection,
  [subject, role, at]: Words,
  options: Options,
): Promise<BodyOf<'grants.create'>> {
  const scope = await scopeOf(connection, at)
  return {
    subject_id: await findSubject(connection, subject),
    role_id: (await findRole(connection, role, scope.kind)).id,
    scope,
    ...(options.records ? { patterns: options.records.map(readRecords) } : {}),
    ...(options.from ? { starts_at: readMoment(options.from) } : {}),
    ...(options.until ? { ends_at: readMoment(options.until) } : {}),
    review_required: options.review === true,
    reason: options.reason ?? '',
  }
}

/** `www.example.com A,AAAA`: names, then the types, all of them where none is named. */
function readRecords(text: string): { names: string[]; types?: string[] } {
  const [name = '', ...types] = text.trim().split(/[\s,]+/)
  return { names: [name], ...(types.length > 0 ? { types } : {}) }
}

async function findGrant(connection: Connection, [subject, role, at]: Words): Promise<ItemOf<'grants.list'>> {
  const scope = await scopeOf(connection, at)
  const query = { subject_id: await findSubject(connection, subject), scope_kind: scope.kind, scope_id: scope.id }
  const roleId = (await findRole(connection, role, scope.kind)).id
  const found: ItemOf<'grants.list'>[] = []
  for await (const grant of everyItem(connection, 'grants.list', { query }))
    if (grant.role_id === roleId) found.push(grant)
  const [only] = found
  if (only && found.length === 1) return only
  if (!only) throw new CommandError(`${subject} does not hold "${role}" on ${at} directly.`)
  throw new CommandError(
    `${subject} holds "${role}" on ${at} by ${found.length} grants: end them one by one in the console.`,
  )
}

function readSteps(file: string): Step[] {
  const text = readFileSync(file === '-' ? 0 : file, 'utf8')
  try {
    const steps: unknown = JSON.parse(text)
    if (Array.isArray(steps)) return steps as Step[]
  } catch {
    // Said below, as for everything else that is no list.
  }
  throw new CommandError(`${file} is no JSON list of requests.`)
}

async function show(session: Session, connection: Connection, steps: Step[]): Promise<void> {
  const answer = await call(connection, 'access_previews.create', { body: { steps } })
  if (answer.refusals.length > 0) session.exitCode = 2
  if (session.json) {
    session.out(`${plainJson(answer)}\n`)
    return
  }
  const lines = [
    ...answer.differences.map(({ sentence }) => sentence),
    ...(answer.differences.length === 0 ? ['Nobody gains or loses anything.'] : []),
    ...(answer.complete ? [] : [`More is touched than was compared: ${answer.touched} in all.`]),
    ...answer.refusals.map(
      ({ operation, problem }) => `! ${operation} would be refused: ${problem.detail ?? problem.title}`,
    ),
    ...answer.assertions_ended.map(({ sentence }) => `! this assertion would end: ${sentence}`),
  ]
  session.out(lines.map((line) => `${plainText(line)}\n`).join(''))
}
