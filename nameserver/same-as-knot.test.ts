import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Message, WireRecord } from '@zoneward/dns'
import { foldName, RCODE, rdataLayout, typeName, typeNumber } from '@zoneward/dns'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NameServer } from './name-server.ts'
import { createNameServer } from './name-server.ts'
import { bytesOf, EDNS, messageOf, queryFor, sendTcp } from './testing/ask-server.ts'
import { readTestZone, sourceOf, testZonePath, zoneOfText } from './testing/read-test-zone.ts'
import { isMissing } from './testing/require-program.ts'
import type { Knot } from './testing/start-knot.ts'
import { startKnot } from './testing/start-knot.ts'
import { createZoneStore } from './zones/zone-store.ts'

const TYPES = ['A', 'NS', 'CNAME', 'SOA', 'MX', 'TXT', 'AAAA', 'SRV', 'DNAME', 'DS', 'HTTPS', 'TYPE65280', 'ANY']
const skipped = isMissing('/usr/sbin/knotd', 'knot')

type Question = { name: string; type: number }

describe.skipIf(skipped)('answers beside Knot DNS with the same zones (needs the Debian package knot)', () => {
  const parent = readTestZone('tricky.zone', ['child.tricky.test.'])
  const child = readTestZone('child.zone')
  let knot: Knot
  let ours: NameServer
  let port = 0

  beforeAll(async () => {
    knot = await startKnot({
      'tricky.test.': testZonePath('tricky.zone'),
      'child.tricky.test.': testZonePath('child.zone'),
    })
    ours = createNameServer({ host: '127.0.0.1', port: 0, store: createZoneStore(sourceOf(parent, child)) })
    port = (await ours.start()).port
  })
  afterAll(async () => {
    await ours?.stop()
    await knot?.stop()
  })

  test('code, AA, answer, authority and additional are the same for every name and type around the zones', async () => {
    const questions = allQuestions([...parent.records, ...child.records].map(({ owner }) => owner))
    expect(questions.length).toBeGreaterThan(3000)
    expect(await differences(port, knot.port, questions)).toEqual([])
  })
})

const rootFile = join(process.env['ZONEWARD_TEST_DATA'] ?? '/nonexistent', 'zones/root.zone.gz')

describe.skipIf(skipped || !existsSync(rootFile))('the root zone beside Knot DNS (needs ZONEWARD_TEST_DATA)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zoneward-root-'))
  let knot: Knot
  let ours: NameServer

  afterAll(async () => {
    await ours?.stop()
    await knot?.stop()
    rmSync(folder, { recursive: true })
  })

  test('every top-level domain is referred with the same name servers and glue', async () => {
    const text = gunzipSync(readFileSync(rootFile)).toString()
    writeFileSync(join(folder, 'root.zone'), text)
    knot = await startKnot({ '.': join(folder, 'root.zone') })
    const root = zoneOfText(text)
    ours = createNameServer({ host: '127.0.0.1', port: 0, store: createZoneStore(sourceOf(root)) })
    const { port } = await ours.start()
    const owners = [...new Set(root.records.filter(({ type }) => type === 2).map(({ owner }) => owner))]
    const questions = owners.flatMap((name) => [
      { name, type: 2 },
      { name, type: 43 },
      { name: name === '.' ? 'nothing-like-it.' : `www.${name}`, type: 1 },
    ])
    expect(questions.length).toBeGreaterThan(4000)
    expect(await differences(port, knot.port, questions)).toEqual([])
  })
})

async function differences(port: number, knotPort: number, questions: Question[]): Promise<string[]> {
  const found: string[] = []
  for (let from = 0; from < questions.length; from += 500) {
    const part = questions.slice(from, from + 500)
    const [mine, theirs] = await Promise.all([askAll(port, part), askAll(knotPort, part)])
    for (const [i, question] of part.entries()) {
      const difference = compare(question, mine.get(i), theirs.get(i))
      if (difference !== undefined) found.push(difference)
    }
  }
  return found
}

/** Every owner, its ancestors, and names below both, in odd case, with every type. */
function allQuestions(owners: string[]): Question[] {
  const names = new Set<string>(['.', 'test.', 'nottricky.test.'])
  for (const owner of owners) {
    for (let name = owner; name.endsWith('tricky.test.'); name = name.slice(name.search(/(?<!\\)\./) + 1)) {
      for (const prefix of ['', 'x.', 'y.x.', '*.', 'w.', 'host.', `${'p'.repeat(60)}.`, '_ssh._tcp.q.']) {
        names.add(prefix + name)
      }
    }
  }
  return [...names].flatMap((name, i) =>
    TYPES.map((type) => ({ name: i % 3 === 0 ? oddCase(name) : name, type: typeNumber(type) ?? 0 })),
  )
}

function oddCase(name: string): string {
  return [...name].map((char, i) => (i % 2 === 0 ? char.toUpperCase() : char)).join('')
}

async function askAll(port: number, questions: Question[]): Promise<Map<number, Message>> {
  const packets = questions.map(({ name, type }, id) => bytesOf(queryFor(name, type, { id, edns: EDNS })))
  const answers = (await sendTcp(port, packets)).map(messageOf)
  return new Map(answers.map((message) => [message.id, message]))
}

function compare({ name, type }: Question, mine: Message | undefined, theirs: Message | undefined): string | undefined {
  if (mine === undefined || theirs === undefined) return `${name} ${typeName(type)}: no answer`
  // RFC 6672 §2.2 asks for YXDOMAIN when a DNAME makes a name too long; Knot 3.2 says NXDOMAIN, with the SOA.
  if (mine.rcode === RCODE.YXDOMAIN && theirs.rcode === RCODE.NXDOMAIN && name.length > 60)
    theirs = withCodeOf(mine, theirs)
  const [a, b] = [shown(mine, type), shown(theirs, type)]
  return a === b ? undefined : `${name} ${typeName(type)}\n  ours: ${a}\n  Knot: ${b}`
}

function withCodeOf({ rcode }: Message, theirs: Message): Message {
  return { ...theirs, rcode, authorities: [] }
}

function shown(message: Message, type: number): string {
  // RFC 2181 §5: no record twice; where DNAMEs go in a circle Knot repeats the CNAMEs of the first round.
  const section = (records: WireRecord[]) => [...new Set(records.map(line))].sort().join(' | ')
  const { questions, rcode, flags, answers, authorities, additionals } = message
  // RFC 8482 §4.1: any RRset of the name answers ANY, and the two servers choose different ones.
  const chosen = type === 255 && answers.length > 0
  const data = chosen ? 'something' : `${section(answers)}; ${section(additionals)}`
  return `${questions[0]?.name} code ${rcode} aa ${flags.aa}; ${data}; ${section(authorities)}`
}

/** Knot folds the names in data when it loads them and compresses without regard to case; we keep what was written. */
function line({ owner, type, ttl, rdata }: WireRecord): string {
  const data = rdataLayout(type) === undefined ? rdata : Buffer.from(rdata).map(foldByte)
  return `${foldName(owner)} ${ttl} ${typeName(type)} ${Buffer.from(data)
    .toString('latin1')
    .replace(/[^!-~]/g, '.')}`
}

function foldByte(byte: number): number {
  return byte >= 65 && byte <= 90 ? byte + 32 : byte
}
