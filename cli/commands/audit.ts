import { createWriteStream, readFileSync, rmSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { type AuditVerdict, verifyAuditFile } from '../../api/audit-file.ts'
import { send } from '../call.ts'
import { readConnection } from '../connection.ts'
import { plainJson, plainText } from '../plain-text.ts'
import { CommandError } from '../problem.ts'
import type { Session } from '../terminal.ts'

export function addAuditCommands(program: Command, session: Session): void {
  const audit = program.command('audit').description('the audit log')
  audit
    .command('export')
    .description('the whole log, with its hashes and a signed checkpoint')
    .argument('<file>', 'where to; "-" for standard output')
    .action((file: string) => exportLog(session, file))
  audit
    .command('verify')
    .description('check an exported log, offline: nothing changed, left out, moved, added or cut off')
    .argument('<file>', '"-" for standard input')
    .option('--key <fingerprint>', 'it has to be signed by the very key with this SHA-256')
    .action((file: string, { key }: { key?: string }) => verifyLog(session, file, key))
}

async function exportLog(session: Session, file: string): Promise<void> {
  const answer = await send(readConnection(session), 'audit_events.export', {})
  if (answer.body === null) throw new CommandError('The server sent nothing.')
  if (file === '-') {
    const decoder = new TextDecoder()
    for await (const chunk of answer.body) session.out(decoder.decode(chunk, { stream: true }))
    return
  }
  try {
    await pipeline(Readable.fromWeb(answer.body), createWriteStream(file, { mode: 0o600 }))
  } catch (error) {
    rmSync(file, { force: true })
    throw new CommandError(`The log was not exported: ${error instanceof Error ? error.message : String(error)}.`)
  }
  const verdict = verifyAuditFile(readFileSync(file))
  if (!verdict.ok) throw new CommandError(`${file} is not whole: line ${verdict.line}: ${verdict.why}`)
  report(session, file, verdict)
}

function verifyLog(session: Session, file: string, key: string | undefined): void {
  const verdict = verifyAuditFile(readLog(file), key === undefined ? {} : { key })
  report(session, file, verdict)
  if (!verdict.ok) session.exitCode = 1
}

function report(session: Session, file: string, verdict: AuditVerdict): void {
  if (session.json) session.out(`${plainJson(verdict)}\n`)
  else if (verdict.ok) {
    const { events, checkpoint, key } = verdict
    session.out(`${plainText(file)}: ${events} events, whole and unchanged up to ${plainText(checkpoint.at)}.\n`)
    session.out(`Signed by the key ${plainText(key)}: compare it with the one that the instance shows.\n`)
  } else
    session.err(
      `zoneward: ${plainText(file)} is not what was written: line ${verdict.line}: ${plainText(verdict.why)}\n`,
    )
}

function readLog(file: string): Buffer {
  try {
    return readFileSync(file === '-' ? 0 : file)
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
  }
}
