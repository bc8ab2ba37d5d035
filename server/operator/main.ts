import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Config, readConfig } from '../config.ts'
import type { Target } from '../database/target.ts'
import { createLog, type Log } from '../log.ts'
import { loadSecret, type Secret } from '../secrets.ts'
import { StartError } from '../start-error.ts'
import { attachTarget } from './attach-target.ts'
import { backUp } from './backup.ts'
import { examine, printFindings } from './doctor.ts'
import { restore } from './restore.ts'
import { revocationsFile } from './revocations.ts'
import { runUpgrade, showUpgrade } from './upgrade.ts'

// The tools of whoever runs the instance, on its machine and with its environment; the command line starts this file.
const usage = `node server/operator/main.ts …
  doctor                what is wrong, and how to mend it (exit code 1 when something is)
  backup <file>         everything as it is now, while the server runs
  restore <file>        into an empty database (--replace: into one in use); what was revoked since stays revoked
      --revocations <file>      default: revocations.ndjson in the data folder
      --access-as-of-backup     when that file and the old database are lost: access as it was then, without API keys
  upgrade               shows the migrations that the database lacks (--yes: runs them)
  --json                on all: one JSON value instead of text`

const options = {
  json: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  replace: { type: 'boolean', default: false },
  'access-as-of-backup': { type: 'boolean', default: false },
  revocations: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

type Values = ReturnType<typeof readArguments>['values']

interface Outcome {
  text: string
  json: unknown
  code: number
}

try {
  const { values, positionals } = readArguments()
  const [command = 'help', file] = positionals
  const outcome =
    values.help || command === 'help' ? { text: usage, json: usage, code: 0 } : await run(command, file, values)
  console.log(values.json ? JSON.stringify(outcome.json) : outcome.text)
  process.exitCode = outcome.code
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(`zoneward: ${error.message}`)
  process.exitCode = 2
}

function readArguments() {
  try {
    return parseArgs({ options, allowPositionals: true })
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : error}\n${usage}`)
  }
}

async function run(command: string, file: string | undefined, values: Values): Promise<Outcome> {
  const read = readConfig(process.env)
  if ('error' in read) throw new StartError(read.error)
  const { config } = read
  const log = createLog({ level: 'warn' })
  if (command === 'doctor') return doctor(config, log)
  if (command === 'upgrade')
    return withTarget(config, log, (target, secret) => upgrade(target, secret, config, values.yes))
  if (command !== 'backup' && command !== 'restore') throw new StartError(`There is no command "${command}"\n${usage}`)
  if (file === undefined)
    throw new StartError(`${command} needs a file: node server/operator/main.ts ${command} <file>`)
  const path = resolve(file)
  if (command === 'backup') return withTarget(config, log, (target, secret) => backup(target, secret, config, path))
  if (!existsSync(path)) throw new StartError(`There is no file ${path}`)
  return withTarget(config, log, (target, secret) => restoreFrom(target, secret, config, path, values))
}

async function doctor(config: Config, log: Log): Promise<Outcome> {
  const findings = await examine(config, log)
  return { text: printFindings(findings), json: findings, code: findings.every((finding) => finding.ok) ? 0 : 1 }
}

async function backup(target: Target, secret: Secret, config: Config, file: string): Promise<Outcome> {
  const report = await backUp(target, secret, config.secretFile, file)
  const rows = Object.values(report.rows).reduce((sum, count) => sum + count, 0)
  const text = `Backed up ${rows} rows, as of ${report.at}, to ${file}\nKeep a copy of ${config.secretFile} apart from it: without that file nobody can use the back-up.`
  return { text, json: report, code: 0 }
}

async function restoreFrom(
  target: Target,
  secret: Secret,
  config: Config,
  file: string,
  values: Values,
): Promise<Outcome> {
  const report = await restore(target, {
    file,
    secret,
    secretFile: config.secretFile,
    revocationsFile: values.revocations ? resolve(values.revocations) : revocationsFile(config.dataFolder),
    replace: values.replace,
    accessAsOfBackup: values['access-as-of-backup'],
  })
  const rows = Object.values(report.rows).reduce((sum, count) => sum + count, 0)
  const taken = Object.entries(report.takenAway)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ')
  const keys = report.keysEnded ? '\nAll API keys have ended; people make new ones.' : ''
  const text = `Restored ${rows} rows, as of ${report.at}.\nNot brought back, because taken away since or open then: ${taken}.\nEverybody signs in again.${keys}`
  return { text, json: report, code: 0 }
}

async function upgrade(target: Target, secret: Secret, config: Config, yes: boolean): Promise<Outcome> {
  const pending = await showUpgrade(target, secret, config.secretFile)
  const names = pending.map((migration) => migration.name)
  if (pending.length === 0)
    return { text: 'Nothing to do: the database has every migration.', json: { pending: [], ran: false }, code: 0 }
  const shown = pending.map(({ name, sql }) => `-- ${name}\n${sql.trim()}\n`).join('\n')
  if (!yes) {
    return {
      text: `${shown}\n${names.length} migrations would run. Make a back-up, then: zoneward upgrade --yes`,
      json: { pending: names, ran: false },
      code: 0,
    }
  }
  await runUpgrade(target, secret, config.secretFile)
  return { text: `Ran ${names.join(', ')}.`, json: { pending: names, ran: true }, code: 0 }
}

async function withTarget(
  config: Config,
  log: Log,
  fn: (target: Target, secret: Secret) => Promise<Outcome>,
): Promise<Outcome> {
  // Made only by the server's first start: a new one would not fit the database or the back-up.
  if (!existsSync(config.secretFile))
    throw new StartError(
      `The secret file ${config.secretFile} is missing: put the copy of it there, or set ZONEWARD_SECRET_FILE`,
    )
  const loaded = loadSecret(config.secretFile)
  if ('error' in loaded) throw new StartError(loaded.error)
  const target = await attachTarget(config, log)
  try {
    return await fn(target, loaded.secret)
  } finally {
    await target.close()
  }
}
