import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { diffRecords, parseZoneFile, printZoneFile, type ResourceRecord, type ZoneFile } from '../index.ts'

// The zones are not part of the repository; the programs may be missing on a developer's machine but not where CI=true.
const data = process.env['ZONEWARD_TEST_DATA']
const zones = data === undefined ? undefined : join(data, 'zones')
const strict = process.env['CI'] === 'true'
const has = (program: string) =>
  strict || ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin'].some((at) => existsSync(join(at, program)))

function readZone(name: string, origin: string): ZoneFile {
  const bytes = readFileSync(join(zones ?? '', name))
  return parseZoneFile((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'), { origin })
}

function throughProgram(program: 'named-checkzone' | 'ldns-read-zone', apex: string, text: string): ResourceRecord[] {
  const folder = mkdtempSync(join(tmpdir(), 'zoneward-'))
  try {
    const file = join(folder, 'zone')
    writeFileSync(file, text)
    const check = ['-D', '-i', 'none', '-k', 'ignore', '-o', join(folder, 'out'), apex, file]
    const options = {
      maxBuffer: 1 << 28,
      encoding: 'utf8',
      stdio: 'pipe',
      timeout: 25_000,
    } as const
    const out = execFileSync(program, program === 'named-checkzone' ? check : [file], options)
    const printed = program === 'named-checkzone' ? readFileSync(join(folder, 'out'), 'utf8') : out
    const zone = parseZoneFile(printed, { origin: apex })
    expect(zone.errors).toEqual([])
    return zone.records
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe.skipIf(zones === undefined)('real zones (ZONEWARD_TEST_DATA)', () => {
  test('every trick of the format is read as BIND reads it', () => {
    const ours = readZone('all-types.zone', 'example.com.')
    const theirs = readZone('all-types.as-bind-reads-it.txt', '.')
    expect([ours.errors, theirs.errors]).toEqual([[], []])
    expect(ours.records).toHaveLength(theirs.records.length)
    expect(diffRecords(ours.records, theirs.records)).toEqual([])
  })
  test.each(['simple.com.zone', 'apex.com.zone', 'root.zone.gz'])(
    '%s is read whole and printed so that it reads the same',
    (name) => {
      const zone = readZone(name, '.')
      expect(zone.errors).toEqual([])
      expect(zone.records.length).toBeGreaterThan(5)
      const again = parseZoneFile(printZoneFile(zone.apex, zone.records), { origin: zone.apex })
      expect(again.errors).toEqual([])
      expect(again.records).toHaveLength(zone.records.length)
      expect(diffRecords(zone.records, again.records)).toEqual([])
    },
  )
  const programs = (['named-checkzone', 'ldns-read-zone'] as const).flatMap((program) =>
    ['root.zone.gz', 'all-types.zone', 'simple.com.zone'].map((file) => [program, file] as const),
  )
  for (const [program, file] of programs) {
    test.skipIf(!has(program))(`${program} reads the same records from ${file} as we print it`, () => {
      const zone = readZone(file, file.startsWith('all') ? 'example.com.' : '.')
      const theirs = throughProgram(program, zone.apex, printZoneFile(zone.apex, zone.records))
      expect(theirs).toHaveLength(zone.records.length)
      expect(diffRecords(zone.records, theirs)).toEqual([])
    })
  }
})
