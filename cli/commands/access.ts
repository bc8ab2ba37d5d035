import type { AnswerOf } from '@zoneward/api/types'
import type { Command } from 'commander'
import { call, everyItem } from '../call.ts'
import { type Connection, readConnection } from '../connection.ts'
import { findScope, findSubject } from '../find.ts'
import { plainJson, plainText, printTable } from '../plain-text.ts'
import { CommandError } from '../problem.ts'
import type { Session } from '../terminal.ts'

type Options = { record?: [string, string] | string[]; user?: string }
export const place = 'zone:NAME, customer:NAME, provider:NAME, hosting:NAME or organization; a bare name is a zone'

export function addAccessCommands(program: Command, session: Session): void {
  program
    .command('who')
    .description('everyone who may do something there')
    .argument('<permission>', 'such as records.write')
    .argument('<place>', place)
    .option('--record <name type...>', 'a record of the zone: its whole name and its type')
    .action((permission: string, text: string, options: Options) => who(session, permission, text, options))
  program
    .command('why')
    .description('why somebody may do something, or why not, and who could give it')
    .argument('<permission>', 'such as records.write')
    .argument('<place>', place)
    .option('--user <who>', 'whose access: mail address, name, team:NAME, service:NAME or id; without it your own')
    .option('--record <name type...>', 'a record of the zone: its whole name and its type')
    .action((permission: string, text: string, options: Options) => why(session, permission, text, options))
  program
    .command('can')
    .description('may somebody do this there? Exit code 0: yes, 2: no')
    .argument('<permission>', 'such as records.write')
    .argument('<place>', place)
    .option('--user <who>', 'whose access: mail address, name, team:NAME, service:NAME or id; without it your own')
    .option('--record <name type...>', 'a record of the zone: its whole name and its type')
    .action((permission: string, text: string, options: Options) => can(session, permission, text, options))
}

async function who(session: Session, permission: string, text: string, options: Options): Promise<void> {
  const connection = readConnection(session)
  const scope = await scopeOf(connection, text)
  const record = recordOf(options)
  const query = {
    permission,
    resource_kind: scope.kind,
    resource_id: scope.id,
    ...(record ? { record_name: record.name, record_type: record.type } : {}),
  }
  const holders = await Array.fromAsync(everyItem(connection, 'access.holders', { query }))
  if (session.json) {
    session.out(`${plainJson(holders)}\n`)
    return
  }
  if (holders.length === 0) session.out(`Nobody that you can see may do this (${permission}).\n`)
  const rows = holders.map(({ subject, role, scope: from, via_team, implicit, patterns, ends_at }) => [
    ...[subject.name, subject.detail, role, `${from.kind} ${from.name}`],
    [
      ...(implicit ? ['implicit'] : []),
      ...(via_team === null ? [] : [`by the team ${via_team}`]),
      ...(patterns === null
        ? []
        : [patterns.map(({ names, types }) => [...names, ...(types ?? [])].join(' ')).join(', ')]),
      ...(ends_at === null ? [] : [`until ${ends_at}`]),
    ].join(', '),
  ])
  if (rows.length > 0) session.out(printTable(['WHO', '', 'ROLE', 'HELD AT', ''], rows))
}

async function can(session: Session, permission: string, text: string, options: Options): Promise<void> {
  const connection = readConnection(session)
  const record = recordOf(options)
  const subject = options.user === undefined ? {} : { subject_id: await findSubject(connection, options.user) }
  const check = { permission, resource: await scopeOf(connection, text), ...subject, ...(record ? { record } : {}) }
  const { answers } = await call(connection, 'access.check', { body: { checks: [check] } })
  const [answer] = answers
  if (!answer?.allowed) session.exitCode = 2
  const words = answer?.allowed ? (answer.review_required ? 'yes, with review' : 'yes') : 'no'
  session.out(session.json ? `${plainJson(answer)}\n` : `${words}\n`)
}

async function why(session: Session, permission: string, text: string, options: Options): Promise<void> {
  const connection = readConnection(session)
  const record = recordOf(options)
  const subject = options.user === undefined ? {} : { subject_id: await findSubject(connection, options.user) }
  const answer = await call(connection, 'access.explain', {
    body: { permission, resource: await scopeOf(connection, text), ...subject, ...(record ? { record } : {}) },
  })
  session.out(session.json ? `${plainJson(answer)}\n` : printExplanation(answer))
}

function printExplanation(answer: AnswerOf<'access.explain'>): string {
  const lines = [
    answer.sentence,
    ...answer.reasons.map(({ sentence }) => `  ${sentence}`),
    ...answer.nearest.map(({ sentence }) => `  ${sentence}`),
    ...(answer.smallest_grant ? [`  ${answer.smallest_grant.sentence}`] : []),
    ...(answer.who_can_give.length > 0 ? [`  Who can give it: ${answer.who_can_give.join(', ')}.`] : []),
  ]
  return lines.map((line) => `${plainText(line)}\n`).join('')
}

export function scopeOf(connection: Connection, text: string) {
  return findScope(connection, text, async () => {
    const { organization } = await call(connection, 'me.read', {})
    if (organization === null) throw new CommandError('This key belongs to no organization.')
    return organization.id
  })
}

function recordOf({ record }: Options): { name: string; type: string } | null {
  if (record === undefined) return null
  const [name, type, ...rest] = record.flatMap((part) => part.split(/\s+/))
  if (name === undefined || type === undefined || rest.length > 0) {
    throw new CommandError('A record is named by its whole name and its type: --record www.example.com A.')
  }
  return { name, type }
}
