import { OPCODE, RCODE, typeNumber } from '@zoneward/dns'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NameServer } from './name-server.ts'
import { createNameServer } from './name-server.ts'
import { askOnce, bytesOf, EDNS, messageOf, queryFor, sendUdp } from './testing/ask-server.ts'
import { readLine, readTestZone, sourceOf } from './testing/read-test-zone.ts'
import { createZoneStore } from './zones/zone-store.ts'

const T = (name: string) => typeNumber(name) ?? 0
const big = Array.from({ length: 30 }, (_, i) => readLine(`big.tricky.test. 60 TXT "${String(i).padStart(90, 'x')}"`))
const glue = Array.from({ length: 13 }, (_, i) => [
  readLine(`wide.tricky.test. 60 NS n${i}.wide.tricky.test.`),
  readLine(`n${i}.wide.tricky.test. 60 A 192.0.2.${i}`),
  readLine(`n${i}.wide.tricky.test. 60 AAAA 2001:db8::${i}`),
]).flat()

describe('what the name server answers', () => {
  let server: NameServer
  let port = 0

  beforeAll(async () => {
    const parent = readTestZone('tricky.zone', ['child.tricky.test.'])
    parent.records.push(...big, ...glue, readLine('grow.tricky.test. 60 DNAME more.grow.tricky.test.'))
    const store = createZoneStore(sourceOf(parent, readTestZone('child.zone')))
    server = createNameServer({ host: '127.0.0.1', port: 0, store })
    port = (await server.start()).port
  })
  afterAll(async () => server.stop())

  test('UDP and TCP answer on one port', async () => {
    for (const transport of ['udp', 'tcp'] as const) {
      const answer = await askOnce(port, 'www.tricky.test.', T('A'), transport)
      expect([answer.rcode, answer.flags.aa, answer.answers.length]).toEqual([0, true, 2])
    }
  })

  test('the question comes back in its own case, and so do id, RD and nothing else of the flags', async () => {
    const flags = { qr: false, aa: true, tc: true, rd: true, ra: true, ad: true, cd: true }
    const answer = await askOnce(port, 'wWw.TRICKY.test.', T('A'), 'udp', { id: 4711, flags })
    expect(answer.id).toBe(4711)
    expect(answer.questions[0]?.name).toBe('wWw.TRICKY.test.')
    expect(answer.answers[0]?.owner).toBe('wWw.TRICKY.test.')
    expect(answer.flags).toEqual({ qr: true, aa: true, tc: false, rd: true, ra: false, ad: false, cd: false })
  })

  test('data keep the case in which they were written', async () => {
    const answer = await askOnce(port, 'MIXED.tricky.test.', T('PTR'))
    expect(Buffer.from(answer.answers[0]?.rdata ?? []).toString('latin1')).toBe('\x03WwW\x06TricKy\x04tESt\x00')
  })

  test('a name that has no zone here is REFUSED, the root too', async () => {
    for (const name of ['example.org.', '.', 'test.', 'xtricky.test.']) {
      expect((await askOnce(port, name, T('A'))).rcode).toBe(RCODE.REFUSED)
    }
  })

  test('other classes and transfers are REFUSED', async () => {
    const chaos = [{ name: 'version.bind.', type: T('TXT'), class: 3 }]
    expect((await askOnce(port, '.', 0, 'udp', { questions: chaos })).rcode).toBe(RCODE.REFUSED)
    expect((await askOnce(port, 'tricky.test.', 252, 'tcp')).rcode).toBe(RCODE.REFUSED)
    expect((await askOnce(port, 'tricky.test.', 251, 'udp')).rcode).toBe(RCODE.REFUSED)
  })

  test.each([OPCODE.IQUERY, OPCODE.STATUS, 3, OPCODE.NOTIFY, OPCODE.UPDATE, 6, 15])(
    'opcode %i is NOTIMP and comes back as asked',
    async (opcode) => {
      const answer = await askOnce(port, 'tricky.test.', T('SOA'), 'udp', { opcode })
      expect([answer.rcode, answer.opcode, answer.flags.aa]).toEqual([RCODE.NOTIMP, opcode, false])
    },
  )

  test('no question, two questions and a pointer as the question are FORMERR', async () => {
    const question = { name: 'tricky.test.', type: 1, class: 1 }
    expect((await askOnce(port, '.', 1, 'udp', { questions: [] })).rcode).toBe(RCODE.FORMERR)
    expect((await askOnce(port, '.', 1, 'udp', { questions: [question, question] })).rcode).toBe(RCODE.FORMERR)
    const pointer = Buffer.from('000100000001000000000000c00c00010001', 'hex')
    expect(messageOf((await sendUdp(port, pointer)) ?? pointer).rcode).toBe(RCODE.FORMERR)
    const promised = pointer.subarray(0, 12)
    expect(messageOf((await sendUdp(port, promised)) ?? promised).rcode).toBe(RCODE.FORMERR)
  })

  test('responses and scraps get no answer, so that servers never answer each other', async () => {
    const response = bytesOf(queryFor('tricky.test.', 1, { flags: { ...queryFor('.', 1).flags, qr: true } }))
    expect(await sendUdp(port, response, 200)).toBeUndefined()
    expect(await sendUdp(port, new Uint8Array(11), 200)).toBeUndefined()
  })

  test('EDNS is answered with EDNS, an unknown option and flag ignored; without it there is none', async () => {
    const options = [{ code: 65001, data: new Uint8Array([1, 2, 3]) }]
    const answer = await askOnce(port, 'tricky.test.', T('A'), 'udp', { edns: { ...EDNS, options } })
    expect(answer.rcode).toBe(0)
    expect(answer.edns).toEqual({ udpSize: 1232, version: 0, dnssecOk: false, options: [] })
    expect((await askOnce(port, 'tricky.test.', T('A'))).edns).toBeNull()
    const packet = Buffer.from(bytesOf(queryFor('tricky.test.', T('A'), { edns: EDNS })))
    packet[packet.length - 3] = 0x7f
    expect(messageOf((await sendUdp(port, packet)) ?? packet).answers.length).toBe(1)
  })

  test('an EDNS version over 0 is BADVERS and gets no data', async () => {
    const answer = await askOnce(port, 'tricky.test.', T('A'), 'udp', { edns: { ...EDNS, version: 1 } })
    expect([answer.rcode, answer.edns?.version, answer.answers.length]).toEqual([RCODE.BADVERS, 0, 0])
  })

  test.each([
    ['without EDNS', null, 512],
    ['with a size under 512', { ...EDNS, udpSize: 100 }, 512],
    ['with 4096 bytes', { ...EDNS, udpSize: 4096 }, 1232],
  ])('a large answer over UDP %s is truncated, and TCP has it all', async (_title, edns, most) => {
    const packet = bytesOf(queryFor('big.tricky.test.', T('TXT'), { edns }))
    const bytes = (await sendUdp(port, packet)) ?? packet
    expect(bytes.length).toBeLessThanOrEqual(most)
    expect([messageOf(bytes).flags.tc, messageOf(bytes).answers.length]).toEqual([true, 0])
    expect((await askOnce(port, 'big.tricky.test.', T('TXT'), 'tcp', { edns })).answers.length).toBe(30)
  })

  test('a referral has the name servers and the addresses of those inside the zone, in-domain ones first', async () => {
    const answer = await askOnce(port, 'a.b.cut.tricky.test.', T('A'), 'udp', { edns: EDNS })
    expect([answer.flags.aa, answer.answers.length, answer.authorities.length]).toEqual([false, 0, 2])
    expect(answer.additionals.map(({ owner, type }) => `${owner} ${type}`)).toEqual([
      'ns.cut.tricky.test. 1',
      'ns.cut.tricky.test. 28',
    ])
    const sibling = await askOnce(port, 'sibling.tricky.test.', T('A'))
    expect(sibling.additionals.length).toBe(2)
  })

  test('glue that is needed and does not fit sets TC (RFC 9471), data that are only useful do not', async () => {
    const wide = await askOnce(port, 'x.wide.tricky.test.', T('A'))
    expect([wide.flags.tc, wide.authorities.length]).toEqual([true, 13])
    expect((await askOnce(port, 'x.wide.tricky.test.', T('A'), 'tcp')).additionals.length).toBe(26)
  })

  test('DS is answered by the parent although the child is served too, all else by the child', async () => {
    const ds = await askOnce(port, 'child.tricky.test.', T('DS'))
    expect([ds.flags.aa, ds.answers[0]?.type]).toEqual([true, T('DS')])
    const soa = await askOnce(port, 'child.tricky.test.', T('SOA'))
    expect([soa.flags.aa, soa.answers.length]).toEqual([true, 1])
  })

  test('MX, SRV and NS bring the addresses of targets in the zone', async () => {
    const mx = await askOnce(port, 'tricky.test.', T('MX'))
    expect(mx.additionals.map(({ owner }) => owner)).toEqual(['mail.tricky.test.'])
    const srv = await askOnce(port, '_sip._tcp.tricky.test.', T('SRV'))
    expect(srv.additionals.map(({ owner }) => owner)).toEqual(['www.tricky.test.', 'www.tricky.test.'])
    const ns = await askOnce(port, 'tricky.test.', T('NS'))
    expect(ns.additionals.map(({ type }) => type)).toEqual([1, 28])
  })

  test('ANY is answered with one RRset (RFC 8482)', async () => {
    const answer = await askOnce(port, 'tricky.test.', T('ANY'), 'tcp')
    expect(new Set(answer.answers.map(({ type }) => type)).size).toBe(1)
  })

  test('a DNAME that makes the name too long is YXDOMAIN', async () => {
    const answer = await askOnce(port, `${'p'.repeat(60)}.long.tricky.test.`, T('A'))
    expect([answer.rcode, answer.answers.length]).toEqual([RCODE.YXDOMAIN, 1])
  })

  test('a chain that grows without end is left after a while, its DNAME told once', async () => {
    const answer = await askOnce(port, 'x.grow.tricky.test.', T('A'), 'tcp')
    expect(answer.rcode).toBe(RCODE.NOERROR)
    expect(answer.answers.filter(({ type }) => type === T('DNAME')).length).toBe(1)
    expect(answer.answers.filter(({ type }) => type === T('CNAME')).length).toBe(17)
  })

  test('a second server on the port is an error, and stopping frees the port', async () => {
    const store = createZoneStore(sourceOf())
    const second = createNameServer({ host: '127.0.0.1', port, store })
    await expect(second.start()).rejects.toMatchObject({ code: 'EADDRINUSE' })
    const free = createNameServer({ host: '127.0.0.1', port: 0, store })
    const { port: other } = await free.start()
    await free.stop()
    const again = createNameServer({ host: '127.0.0.1', port: other, store })
    expect(await again.start()).toEqual({ port: other })
    await again.stop()
  })
})
