import { Command, CommanderError } from 'commander'
import { addAccessCommands } from './commands/access.ts'
import { addAssertionCommands } from './commands/assertions.ts'
import { addAuditCommands } from './commands/audit.ts'
import { addGrantCommands } from './commands/grants.ts'
import { addLoginCommands } from './commands/login.ts'
import { isOperatorCommand, listOperatorCommands, runOperator } from './commands/operator.ts'
import { addPlanCommands } from './commands/plan.ts'
import { addRecordCommands } from './commands/records.ts'
import { addTokenCommands } from './commands/token.ts'
import { addZoneCommands } from './commands/zones.ts'
import { CommandError, printProblem } from './problem.ts'
import type { Session, Terminal } from './terminal.ts'

/** Runs one command line; the exit code is 0 when it is done, 1 on an error, 2 when a plan has changes. */
export async function runZoneward(args: string[], terminal: Terminal): Promise<number> {
  if (isOperatorCommand(args)) return runOperator(args, terminal)
  const session: Session = { ...terminal, json: args.includes('--json'), exitCode: 0 }
  const program = new Command('zoneward')
    .description('DNS of many customers from the command line: everyone within exactly the access they have.')
    .option('--json', 'print JSON')
    .showHelpAfterError('(--help lists what there is)')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
  for (const add of [
    addLoginCommands,
    addZoneCommands,
    addRecordCommands,
    addPlanCommands,
    addAccessCommands,
    addGrantCommands,
    addAssertionCommands,
    addTokenCommands,
    addAuditCommands,
  ]) {
    add(program, session)
  }
  listOperatorCommands(program)
  try {
    await program.parseAsync(args, { from: 'user' })
    return session.exitCode
  } catch (error) {
    // What commander had to say it has said.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1
    if (!(error instanceof CommandError)) throw error
    const text = printProblem(error, session.json)
    if (session.json) terminal.out(text)
    else terminal.err(text)
    return 1
  }
}
