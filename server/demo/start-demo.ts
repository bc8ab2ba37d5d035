import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from '../start-error.ts'
import type { RunningServer } from '../start-server.ts'
import { fillExample } from './fill-example.ts'

/**
 * Fills the example organization once and lists it in demo.json, for this user's eyes only; started again, it keeps
 * what is there and notes where it now listens. The path of the file.
 */
export async function startDemo(server: RunningServer): Promise<string> {
  const { config } = server.context
  if (config.smtpUrl !== null) {
    throw new StartError('--demo invites people who do not exist: unset SMTP_URL, so that no mail is sent to them')
  }
  const file = join(config.dataFolder, 'demo.json')
  const where = { url: server.url, dnsPort: server.dnsPort }
  if (existsSync(file)) {
    write(file, { ...JSON.parse(readFileSync(file, 'utf8')), ...where })
    return file
  }
  if (server.setupLink === null) {
    throw new StartError(
      `--demo fills an empty instance only, and ${config.dataFolder} holds an organization: set ZONEWARD_DATA to another folder`,
    )
  }
  const { personas, zones } = await fillExample(server)
  write(file, { ...where, personas: personas.map(({ id: _, cookie: __, ...persona }) => persona), zones })
  return file
}

function write(file: string, content: unknown): void {
  const draft = `${file}.part`
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, file)
}
