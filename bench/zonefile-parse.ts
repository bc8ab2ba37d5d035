import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseZoneFile } from '@zoneward/dns'
import type { Figure } from './figure.ts'

/**
 * Reading a large zone file: the root zone ten times over (each copy below a label of its own), or a generated zone of
 * the same shape where that data is not at hand. Peers are whole processes, ours the call, after one to warm up.
 */
export async function benchZoneFile(): Promise<Figure[]> {
  const { text, origin, records } = largeZone()
  const folder = mkdtempSync(join(tmpdir(), 'zoneward-bench-'))
  try {
    const file = join(folder, 'large.zone')
    writeFileSync(file, text)
    const peers: Record<string, number> = {}
    peerTime(peers, 'ldns-read-zone', records, '/usr/bin/ldns-read-zone', ['-0', file])
    peerTime(peers, 'named-checkzone', records, '/usr/bin/named-checkzone', [
      '-i',
      'none',
      '-k',
      'ignore',
      '-n',
      'ignore',
      '-r',
      'ignore',
      origin,
      file,
    ])
    parseZoneFile(text, { origin })
    const started = performance.now()
    const read = parseZoneFile(text, { origin })
    const ours = read.records.length / ((performance.now() - started) / 1000)
    if (read.errors.length > 0 || read.records.length !== records)
      throw new Error(`read ${read.records.length} of ${records}: ${JSON.stringify(read.errors[0])}`)
    const fastest = Math.max(0, ...Object.values(peers))
    return [
      {
        name: 'zonefile-parse',
        unit: 'records/s',
        ours,
        peers,
        goal: fastest > 0 ? { atLeast: fastest / 3 } : null,
        note: `${records} records`,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function peerTime(peers: Record<string, number>, name: string, records: number, program: string, args: string[]): void {
  if (!existsSync(program)) return
  const started = performance.now()
  const { status, stderr } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr.toString().slice(0, 500)}`)
  peers[name] = records / ((performance.now() - started) / 1000)
}

function largeZone(): { text: string; origin: string; records: number } {
  const data = process.env['ZONEWARD_TEST_DATA']
  const file = data ? join(data, 'zones/root.zone.gz') : ''
  if (!existsSync(file)) return generatedZone()
  const lines = gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
  const bodies = lines.filter((line) => !line.startsWith('.\t'))
  const copies = Array.from({ length: 9 }, (_, copy) =>
    bodies.map((line) => line.replace(/^(\S+)\.\t/, `$1.copy${copy}.\t`)).join('\n'),
  )
  return { text: `${[...lines, ...copies].join('\n')}\n`, origin: '.', records: lines.length + bodies.length * 9 }
}

function generatedZone(): { text: string; origin: string; records: number } {
  const body = Array.from(
    { length: 56_000 },
    (_, n) =>
      `host${n} 3600 IN A 192.0.2.${n % 256}\nhost${n} 3600 IN AAAA 2001:db8::${(n % 65536).toString(16)}\nhost${n} 3600 IN TXT "generated ${n}"\n`,
  )
  return {
    text: `$ORIGIN large.example.\n@ 3600 IN SOA ns1 hostmaster 1 7200 900 1209600 3600\n@ 3600 IN NS ns1\nns1 3600 IN A 192.0.2.1\n${body.join('')}`,
    origin: 'large.example.',
    records: 56_000 * 3 + 3,
  }
}
