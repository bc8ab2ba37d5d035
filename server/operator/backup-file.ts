import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { StartError } from '../start-error.ts'

// One gzip file of JSON lines: the header; for each table a line that names it and its columns, then a line a row (every
// value as PostgreSQL prints it, or null); and a last line that says how many rows there were.

export interface BackupHeader {
  zoneward: 'backup'
  version: 1
  /** The database's clock at the snapshot. */
  at: string
  instance: { id: string; created_at: string; audit_public_key: string; audit_private_key_sealed: string }
  migrations: { name: string; hash: string }[]
}

export interface BackupTable {
  table: string
  columns: string[]
}

export type BackupRow = (string | null)[]

export interface BackupEnd {
  end: true
  rows: Record<string, number>
}

export type BackupLine = BackupHeader | BackupTable | BackupRow | BackupEnd

/** Writes beside and renames: a file of that name is always a whole one. It holds password hashes: for its owner only. */
export async function writeBackupFile(file: string, lines: AsyncIterable<BackupLine>): Promise<void> {
  const draft = `${file}.partial`
  try {
    await rm(draft, { force: true })
    const text = async function* () {
      for await (const line of lines) yield `${JSON.stringify(line)}\n`
    }
    await pipeline(
      Readable.from(text(), { objectMode: true }),
      createGzip({ level: 5 }),
      createWriteStream(draft, { mode: 0o600, flags: 'wx' }),
    )
    const handle = await open(draft, 'r')
    await handle.sync()
    await handle.close()
    await rename(draft, file)
  } finally {
    await rm(draft, { force: true })
  }
}

/** The lines of a file; a StartError says why it cannot be one. */
export async function* readBackupFile(file: string): AsyncGenerator<BackupLine> {
  let complete = false
  try {
    for await (const text of textLines(file)) {
      const line: BackupLine = JSON.parse(text)
      complete = isEnd(line)
      yield line
    }
  } catch (error) {
    if (error instanceof StartError) throw error
    throw new StartError(`${file} cannot be read as a back-up: ${error instanceof Error ? error.message : error}`)
  }
  if (!complete) throw new StartError(`${file} is not a whole back-up: its end is missing`)
}

// Not readline: that also splits at U+2028, which stands as it is in JSON.
async function* textLines(file: string): AsyncGenerator<string> {
  const source = createReadStream(file)
  const unzipped = createGunzip()
  source.on('error', (error) => unzipped.destroy(error))
  let rest = ''
  try {
    for await (const chunk of source.pipe(unzipped).setEncoding('utf8')) {
      const lines = `${rest}${chunk}`.split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } finally {
    source.destroy()
  }
  if (rest) yield rest
}

export async function readBackupHeader(file: string): Promise<BackupHeader> {
  for await (const line of readBackupFile(file)) {
    if ('zoneward' in line && line.version === 1) return line
    break
  }
  throw new StartError(`${file} is not a back-up that this program knows`)
}

export function isEnd(line: BackupLine): line is BackupEnd {
  return 'end' in line
}
