import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { CommandError } from './problem.ts'
import type { Terminal } from './terminal.ts'

/** Which server, and the API key that opens it. */
export type Connection = { url: string; token: string }

/** ZONEWARD_SERVER and ZONEWARD_TOKEN, or what `zoneward login` kept. */
export function readConnection({ env }: Pick<Terminal, 'env'>): Connection {
  const kept = keptConnection(env)
  const url = env['ZONEWARD_SERVER'] ?? kept?.url
  // A key is for the server that it was made at, and goes to no other.
  const token = env['ZONEWARD_TOKEN'] ?? (url === kept?.url ? kept?.token : undefined)
  if (url === undefined) throw new CommandError('Sign in first: zoneward login <address of the server>.')
  if (token === undefined) throw new CommandError(`There is no API key for ${url} here: zoneward login ${url}.`)
  return { url: serverUrl(url), token }
}

/** The origin of an address that somebody wrote; plain http is for this machine only, since a key travels on it. */
export function serverUrl(text: string): string {
  const url = URL.parse(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`)
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new CommandError(`"${text}" is no address of a server: write one such as https://dns.example.net.`)
  }
  const here = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  if (url.protocol === 'http:' && !here) {
    throw new CommandError(`A key would travel in the clear to ${url.origin}: use https.`)
  }
  return url.origin
}

/** Kept for this user only, in a file that is whole or not there at all. */
export function keepConnection({ env }: Pick<Terminal, 'env'>, connection: Connection): string {
  const file = credentialsFile(env)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const fresh = `${file}.${process.pid}`
  writeFileSync(fresh, `${JSON.stringify(connection, null, 2)}\n`, { mode: 0o600 })
  chmodSync(fresh, 0o600)
  renameSync(fresh, file)
  return file
}

export function forgetConnection({ env }: Pick<Terminal, 'env'>): void {
  rmSync(credentialsFile(env), { force: true })
}

function credentialsFile(env: Terminal['env']): string {
  return join(env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config'), 'zoneward', 'credentials.json')
}

function keptConnection(env: Terminal['env']): Connection | null {
  try {
    const kept: unknown = JSON.parse(readFileSync(credentialsFile(env), 'utf8'))
    if (typeof kept !== 'object' || kept === null || !('url' in kept) || !('token' in kept)) return null
    return typeof kept.url === 'string' && typeof kept.token === 'string' ? { url: kept.url, token: kept.token } : null
  } catch {
    return null
  }
}
