import type { AnswerOf } from '@zoneward/api/types'
import { parseZoneFile } from '@zoneward/dns'
import type { Command } from 'commander'
import { call } from '../call.ts'
import { readConnection } from '../connection.ts'
import { findZone } from '../find.ts'
import { plainJson, plainText } from '../plain-text.ts'
import { CommandError } from '../problem.ts'
import type { Session } from '../terminal.ts'
import { readZoneText } from './zones.ts'

type Options = { merge?: boolean; comment?: string }
type Result = AnswerOf<'zones.file.replace'>

export function addPlanCommands(program: Command, session: Session): void {
  const both = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .argument('<zone>', 'its name; left out, the zone that the SOA record of the file names')
      .argument('[file]', 'a zone file; "-" for standard input')
      .option('--merge', 'leave records that the file does not name')
  both('plan', 'show what a zone file would change; exit code 2 when it would change something').action(
    (zone: string, file: string | undefined, options: Options) => plan(session, wishOf(zone, file), options),
  )
  both('apply', 'make a zone what a zone file says, as one change')
    .option('--comment <text>', 'for the history of the zone')
    .action((zone: string, file: string | undefined, options: Options) => apply(session, wishOf(zone, file), options))
}

async function plan(session: Session, { name, text }: Wish, options: Options): Promise<void> {
  const connection = readConnection(session)
  const zone = await findZone(connection, name)
  const body = { zone_file: text, mode: modeOf(options), dry_run: true }
  const result = await call(connection, 'zones.file.replace', { params: { zone_id: zone.id }, body })
  printResult(session, zone.name, result)
  if (result.difference.added + result.difference.removed > 0) session.exitCode = 2
}

async function apply(session: Session, { name, text }: Wish, options: Options): Promise<void> {
  const connection = readConnection(session)
  const zone = await findZone(connection, name)
  const body = { zone_file: text, mode: modeOf(options), comment: options.comment ?? '' }
  const parts = { params: { zone_id: zone.id }, body }
  printResult(session, zone.name, await call(connection, 'zones.file.replace', parts, { ifMatch: zone.serial }))
}

type Wish = { name: string; text: string }

/** Two arguments are a zone and its file; one is a file that says itself which zone it is. */
function wishOf(first: string, second: string | undefined): Wish {
  const text = readZoneText(second ?? first)
  if (second !== undefined) return { name: first, text }
  const { apex } = parseZoneFile(text, {})
  if (apex === '') throw new CommandError(`${first} does not say which zone it is: give the name before the file.`)
  return { name: apex, text }
}

function modeOf({ merge }: Options): 'merge' | 'replace' {
  return merge ? 'merge' : 'replace'
}

/** A difference line by line, and what became of it. */
export function printResult(session: Session, zone: string, result: Result): void {
  if (session.json) {
    session.out(`${plainJson(result)}\n`)
    return
  }
  const { difference, change, warnings, serial } = result
  const lines = difference.lines.map(({ sign, name, ttl, type, data }) => `${sign} ${name} ${ttl} ${type} ${data}`)
  const more = difference.more > 0 ? [`  … and ${difference.more} more`] : []
  const count = `${difference.added} added, ${difference.removed} removed`
  const nothing = difference.added + difference.removed === 0
  const end = change
    ? `${zone}: ${count}; serial ${serial}.`
    : `${zone}: ${nothing ? 'nothing to change' : `${count}; nothing is written yet`}.`
  session.out(
    [...lines, ...more, ...warnings.map((text) => `! ${text}`), end].map((line) => `${plainText(line)}\n`).join(''),
  )
}
