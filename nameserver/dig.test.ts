import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NameServer } from './name-server.ts'
import { createNameServer } from './name-server.ts'
import { readTestZone, sourceOf } from './testing/read-test-zone.ts'
import { isMissing } from './testing/require-program.ts'
import { createZoneStore } from './zones/zone-store.ts'

const run = promisify(execFile)
const skipped = isMissing('/usr/bin/dig', 'bind9-dnsutils')

describe.skipIf(skipped)('read with dig (needs the Debian package bind9-dnsutils)', () => {
  let server: NameServer
  let port = 0

  beforeAll(async () => {
    const store = createZoneStore(sourceOf(readTestZone('tricky.zone')))
    server = createNameServer({ host: '127.0.0.1', port: 0, store })
    port = (await server.start()).port
  })
  afterAll(async () => server.stop())

  async function dig(...question: string[]): Promise<string> {
    const { stdout } = await run('/usr/bin/dig', ['@127.0.0.1', '-p', String(port), '+norec', '+tries=1', ...question])
    return stdout
  }

  test.each([
    [['www.tricky.test', 'A', '+short'], '192.0.2.80\n192.0.2.81\n'],
    [['www.tricky.test', 'A', '+short', '+tcp'], '192.0.2.80\n192.0.2.81\n'],
    [['any.wild.tricky.test', 'TXT', '+short'], '"from the wildcard"\n'],
    [['alias2.tricky.test', 'A', '+short'], 'Alias.tricky.test.\nwww.tricky.test.\n192.0.2.80\n192.0.2.81\n'],
    [['y.w.dname.tricky.test', 'A', '+short'], 'target.tricky.test.\ny.w.target.tricky.test.\n192.0.2.9\n'],
    [['a\\.dot.tricky.test', 'A', '+short'], '192.0.2.10\n'],
    [['types.tricky.test', 'TYPE65280', '+short'], '\\# 4 0A000001\n'],
    [['types.tricky.test', 'HTTPS', '+short'], '1 . alpn="h2"\n'],
    [['_sip._tcp.tricky.test', 'SRV', '+short'], '1 2 5060 www.tricky.test.\n1 2 5061 a.cut.tricky.test.\n'],
  ])('%j', async (question, expected) => {
    expect(await dig(...question)).toBe(expected)
  })

  test.each([
    [['nothing.tricky.test'], /status: NXDOMAIN.*flags: qr aa;.*tricky\.test\.\s+300\s+IN\s+SOA/s],
    [['deep.er.ent.tricky.test', 'TXT'], /status: NOERROR.*flags: qr aa;.*ANSWER: 0.*\s300\s+IN\s+SOA/s],
    [['x.cut.tricky.test'], /status: NOERROR.*flags: qr;.*ANSWER: 0, AUTHORITY: 2, ADDITIONAL: 3/s],
    [['www.tricky.test', '+edns=1', '+noednsneg'], /status: BADVERS.*EDNS: version: 0/s],
    [
      ['www.tricky.test', '+ednsopt=65001:abcd', '+ednsflags=0x40'],
      /status: NOERROR.*EDNS: version: 0, flags:; udp: 1232/s,
    ],
    [['www.tricky.test', '+nsid', '+cookie', '+subnet=192.0.2.0/24'], /status: NOERROR.*ANSWER: 2/s],
    [['www.tricky.test', '+opcode=UPDATE'], /status: NOTIMP/],
    [['version.bind', 'TXT', 'CH'], /status: REFUSED/],
    [['tricky.test', 'AXFR'], /Transfer failed/],
  ])('%j has the flags and sections of the standards', async (question, expected) => {
    const output = await dig(...question)
    expect(output).toMatch(expected)
    expect(output).not.toMatch(/WARNING|malformed|mismatch/)
  })
})
