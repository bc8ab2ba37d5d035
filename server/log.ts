import { type Logger, pino } from 'pino'

export type Log = Logger

/** From everything to nothing. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

const secretKeys = [
  'password',
  'passwordHash',
  'password_hash',
  'token',
  'tokenHash',
  'token_hash',
  'secret',
  'authorization',
  'cookie',
  'set-cookie',
  'apiKey',
  'api_key',
  'databaseUrl',
  'smtpUrl',
]

// fast-redact knows no "at any depth", so each name is listed at the depths our own log lines have.
const redacted = secretKeys.flatMap((key) => ['', '*.', '*.*.', '*.*.*.'].map((depth) => `${depth}${pathOf(key)}`))

/** The log of the process: JSON lines on standard error, secrets blanked wherever a known key or a known shape shows. */
export function createLog(options: { level?: string; destination?: { write(line: string): void } } = {}): Log {
  const destination = options.destination ?? pino.destination({ dest: 2, sync: true })
  return pino(
    {
      name: 'zoneward',
      level: options.level ?? 'info',
      timestamp: pino.stdTimeFunctions.isoTime,
      base: null,
      redact: { paths: redacted, censor: '[hidden]' },
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => destination.write(blankSecrets(line)) },
  )
}

/** Tokens and passwords inside addresses, blanked by their shape: they also come in messages of other programs. */
export function blankSecrets(text: string): string {
  return text
    .replace(/\bzw_([a-z]+)_[0-9A-Za-z]+/g, 'zw_$1_[hidden]')
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@"\\]*):[^\s@"\\]+@/gi, '$1:[hidden]@')
    .replace(/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+/g, '$1 [hidden]')
}

function pathOf(key: string): string {
  return /^[A-Za-z_]+$/.test(key) ? key : `["${key}"]`
}
