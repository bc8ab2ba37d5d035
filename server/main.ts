import { join } from 'node:path'
import { type Config, readConfig } from './config.ts'
import { startDemo } from './demo/start-demo.ts'
import { ensureFolder } from './ensure-folder.ts'
import { createLog, type LogLevel, logLevels } from './log.ts'
import { StartError } from './start-error.ts'
import { type RunningServer, startServer, version } from './start-server.ts'
import { stopWhenAsked } from './stop-when-asked.ts'

/** `npm start`: starts everything, says in plain words what runs where, and ends with the address to open. */
async function main(args: string[]): Promise<void> {
  const unknown = args.find((argument) => argument !== '--demo')
  if (unknown !== undefined) throw new StartError(`"${unknown}" is no option: there is --demo, and nothing else`)
  const read = readConfig(process.env)
  if ('error' in read) throw new StartError(read.error)
  const { config } = read
  const log = createLog({ level: readLogLevel(process.env['ZONEWARD_LOG_LEVEL']?.trim() || 'info') })
  const noFolder = ensureFolder(config.dataFolder)
  if (noFolder !== null) throw new StartError(`ZONEWARD_DATA is "${config.dataFolder}": ${noFolder}`)
  say(`Zoneward ${version} starts${config.databaseUrl ? '' : ', with the PostgreSQL that it brings along'} …`)
  const server = await startServer(config, log)
  stopWhenAsked(() => server.stop())
  const demo = args.includes('--demo') ? await orStop(server, () => startDemo(server)) : null
  describe(server, config)
  if (demo !== null) say(`  example   everybody in it, with passwords and keys: ${demo}`)
  say(`  console   ${server.url}`)
  if (server.setupLink !== null && demo === null) {
    say('')
    say('There is no administrator yet. This link makes the first one, once:')
    say(`  ${server.setupLink}`)
  }
}

function readLogLevel(text: string): LogLevel {
  const level = logLevels.find((one) => one === text)
  if (level === undefined)
    throw new StartError(`ZONEWARD_LOG_LEVEL is "${text}": expected one of ${logLevels.join(', ')}`)
  return level
}

// Whatever keeps the example from being made, the database is closed in the ordinary way first.
async function orStop<T>(server: RunningServer, task: () => Promise<T>): Promise<T> {
  try {
    return await task()
  } catch (error) {
    await server.stop()
    throw error
  }
}

function describe({ context, dnsPort }: RunningServer, config: Config): void {
  const { serverVersion } = context.database
  const postgres = `PostgreSQL ${Math.floor(serverVersion / 10_000)}`
  say(`  data      ${config.dataFolder}`)
  say(`  database  ${postgres}, ${config.databaseUrl ? 'of DATABASE_URL' : 'embedded, in the data folder'}`)
  say(`  names     answered on ${config.host} port ${dnsPort}, UDP and TCP`)
  say(`  mail      ${config.smtpUrl ? 'sent by SMTP_URL' : `written to ${join(config.dataFolder, 'outbox')}`}`)
  say(`  API       ${context.publicOrigin}/docs/api`)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof StartError)) throw error
  process.stderr.write(`zoneward: ${error.message}\n`)
  process.exit(2)
}
