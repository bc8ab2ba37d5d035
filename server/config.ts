import { accessSync, constants } from 'node:fs'
import { BlockList, isIP } from 'node:net'
import { resolve } from 'node:path'

export interface Config {
  /** Absolute. */
  dataFolder: string
  host: string
  /** 0 lets the system choose; tests do. */
  port: number
  dnsPort: number
  /** The public origin without a final slash, such as `https://dns.example`; null: where the server happens to listen. */
  url: string | null
  tls: { certFile: string; keyFile: string } | null
  /** Addresses and networks whose X-Forwarded-For is believed. */
  trustedProxies: string[]
  secretFile: string
  /** null: the embedded PostgreSQL in the data folder. */
  databaseUrl: string | null
  /** null: mails go to the outbox folder in the data folder. */
  smtpUrl: string | null
}

export type Environment = Record<string, string | undefined>

/** The configuration that the environment describes, or one line that names the first bad value and says why. */
export function readConfig(env: Environment): { config: Config } | { error: string } {
  try {
    return { config: configOf(env) }
  } catch (error) {
    if (error instanceof BadValue) return { error: error.message }
    throw error
  }
}

class BadValue extends Error {}

type Reader<T> = (value: string) => T

function configOf(env: Environment): Config {
  const dataFolder = read(env, 'ZONEWARD_DATA', './data', folder)
  return {
    dataFolder,
    host: read(env, 'ZONEWARD_HOST', '127.0.0.1', host),
    port: read(env, 'ZONEWARD_PORT', '8080', port),
    dnsPort: read(env, 'ZONEWARD_DNS_PORT', '5300', port),
    url: readOptional(env, 'ZONEWARD_URL', origin),
    tls: tlsOf(env),
    trustedProxies: read(env, 'ZONEWARD_TRUSTED_PROXIES', '', networks),
    secretFile: readOptional(env, 'ZONEWARD_SECRET_FILE', folder) ?? resolve(dataFolder, 'secret'),
    databaseUrl: readOptional(env, 'DATABASE_URL', urlOf(['postgres:', 'postgresql:'], true)),
    smtpUrl: readOptional(env, 'SMTP_URL', mailServer),
  }
}

function tlsOf(env: Environment): Config['tls'] {
  const certFile = readOptional(env, 'ZONEWARD_TLS_CERT', readableFile)
  const keyFile = readOptional(env, 'ZONEWARD_TLS_KEY', readableFile)
  if (certFile && keyFile) return { certFile, keyFile }
  if (certFile) throw new BadValue('ZONEWARD_TLS_KEY is not set, but ZONEWARD_TLS_CERT is: TLS needs both files')
  if (keyFile) throw new BadValue('ZONEWARD_TLS_CERT is not set, but ZONEWARD_TLS_KEY is: TLS needs both files')
  return null
}

// An empty variable means the default, as it does in most shells' scripts and in Compose files.
function read<T>(env: Environment, name: string, fallback: string, reader: Reader<T>): T {
  const value = env[name]?.trim() || fallback
  try {
    return reader(value)
  } catch (error) {
    if (!(error instanceof BadValue)) throw error
    throw new BadValue(`${name} ${shown(name, value)}: ${error.message}`)
  }
}

function readOptional<T>(env: Environment, name: string, reader: Reader<T>): T | null {
  return env[name]?.trim() ? read(env, name, '', reader) : null
}

// The two addresses carry passwords, so a message never repeats them.
function shown(name: string, value: string): string {
  return name === 'DATABASE_URL' || name === 'SMTP_URL' ? 'is wrong' : `is "${value}"`
}

function folder(value: string): string {
  if (value.includes('\0')) throw new BadValue('a path has no NUL character')
  return resolve(value)
}

function readableFile(value: string): string {
  const file = resolve(value)
  try {
    accessSync(file, constants.R_OK)
  } catch {
    throw new BadValue('there is no file here that this user may read')
  }
  return file
}

function host(value: string): string {
  const bare = value.replace(/^\[(.*)\]$/, '$1')
  if (isIP(bare) || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(bare)) return bare
  throw new BadValue('expected an address or a host name, such as 127.0.0.1 or ::')
}

function port(value: string): number {
  const number = /^\d{1,5}$/.test(value) ? Number(value) : -1
  if (number >= 0 && number <= 65_535) return number
  throw new BadValue('expected a port from 0 to 65535')
}

function origin(value: string): string {
  const url = URL.parse(value)
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new BadValue('expected an origin such as https://dns.example')
  }
  if (url.username || url.password) throw new BadValue('the public address has no user and no password')
  if (url.pathname !== '/' || url.search || url.hash) {
    throw new BadValue(`expected an origin without a path, such as ${url.origin}`)
  }
  return url.origin
}

function networks(value: string): string[] {
  const list = value.split(/[\s,]+/).filter(Boolean)
  for (const item of list) if (!isNetwork(item)) throw new BadValue(`"${item}" is not an address or a network`)
  return list
}

function isNetwork(text: string): boolean {
  const [address = '', length, more] = text.split('/')
  const family = isIP(address)
  if (family === 0 || more !== undefined) return false
  if (length === undefined) return true
  if (!/^\d{1,3}$/.test(length) || Number(length) > (family === 4 ? 32 : 128)) return false
  new BlockList().addSubnet(address, Number(length), family === 4 ? 'ipv4' : 'ipv6')
  return true
}

function mailServer(value: string): string {
  const address = urlOf(['smtp:', 'smtps:'])(value)
  if (!URL.parse(address)?.hostname) throw new BadValue('it names no mail server, such as smtp://mail.example:587')
  return address
}

// A database reached through a socket has no host before the path (postgres://user@/name?host=/run/postgresql).
function urlOf(protocols: string[], mayLackHost = false): Reader<string> {
  const examples = protocols.map((protocol) => `${protocol}//`).join(' or ')
  return (value) => {
    const url = URL.parse(mayLackHost ? value.replace('@/', '@socket/') : value)
    if (!url || !protocols.includes(url.protocol))
      throw new BadValue(`expected an address that begins with ${examples}`)
    return value
  }
}
