import { describe, expect, test } from 'vitest'
import { foldName, parseZoneFile, type ResourceRecord, validateAround, validateZone } from '../index.ts'

const APEX = 'example.com.'
const BASE = '@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1\n'
const records = (text: string) => parseZoneFile(text, { origin: APEX, defaultTtl: 300 }).records
const problems = (text: string) =>
  validateZone(APEX, records(BASE + text)).map((one) => `${one.severity}: ${one.message}`)

describe('validateZone', () => {
  test.each([
    ['www A 192.0.2.1\nwww CNAME x', 'error: Cannot add CNAME at "www": an A record already exists'],
    ['www CNAME x\nWWW TXT y', 'error: Cannot add TXT at "www": a CNAME record already exists'],
    ['www CNAME x\nwww CNAME y', 'error: Cannot add CNAME at "www": a CNAME record already exists'],
    ['@ CNAME x', 'error: Cannot add CNAME at "@": an SOA record already exists'],
    ['a DNAME x.\na DNAME y.', 'error: Cannot add DNAME at "a": a DNAME record already exists'],
    ['a 60 MX 1 m\na 90 MX 2 m', 'error: All MX records at "a" must have one TTL: found 60 and 90'],
    ['a A 192.0.2.1\nA A 192.0.2.1', 'error: Cannot add A at "a": the same record already exists'],
    ['a MX 1 m\na MX 1 M', 'error: Cannot add MX at "a": the same record already exists'],
    ['d DNAME x.\na.b.d TXT y', 'error: Cannot add TXT at "a.b.d": everything below "d" is redirected by its DNAME'],
    ['@ SOA ns1 h 2 2 3 4 5', 'error: Cannot add SOA at "@": an SOA record already exists'],
    ['a SOA ns1 h 2 2 3 4 5', 'error: Cannot add SOA at "a": a zone has its SOA at its apex only'],
    [
      'a.example.net. A 192.0.2.1',
      'error: Cannot add A at "a.example.net.": the name is not inside the zone "example.com."',
    ],
    [
      '@ MX 1 m\nm CNAME x',
      'warning: MX at "@" points to "m", which is an alias (CNAME); servers must be named directly',
    ],
    [
      '_s._tcp SRV 1 1 1 m\nm CNAME x',
      'warning: SRV at "_s._tcp" points to "m", which is an alias (CNAME); servers must be named directly',
    ],
    [
      'sub NS ns.sub',
      'warning: NS at "sub" points to "ns.sub", which has no A or AAAA record here: add its address (glue)',
    ],
    ['@ NS ns2', 'warning: NS at "@" points to "ns2", which has no A or AAAA record here: add its address (glue)'],
    ['sub NS ns1\nx.sub TXT y', 'warning: TXT at "x.sub" is never answered: "sub" is delegated to other name servers'],
  ])('%j: %s', (text, problem) => expect(problems(text)).toEqual([problem]))

  test.each([
    'www CNAME x\nwww RRSIG CNAME 8 1 1 20300101000000 20200101000000 1 . AAAA\nwww NSEC a. CNAME',
    'sub NS ns.sub\nns.sub AAAA 2001:db8::1\nsub DS 1 8 99 AB',
    'sub NS ns.other\nother NS ns.example.net.',
    '@ MX 0 .\n@ MX 5 mail.example.net.',
    'd DNAME x.\nd TXT y',
    'a A 192.0.2.1\na 60 AAAA 2001:db8::1',
  ])('nothing is wrong with %j', (text) => expect(problems(text)).toEqual([]))

  test('a zone needs its SOA and NS', () => {
    expect(validateZone(APEX, []).map((one) => one.code)).toEqual(['missing-soa', 'missing-ns'])
  })
  test('a zone of 100,000 names is checked in a moment', () => {
    const many: ResourceRecord[] = records(BASE)
    for (let i = 0; i < 100_000; i++) many.push({ owner: `h${i}.${APEX}`, ttl: 60, type: 1, rdata: new Uint8Array(4) })
    const start = performance.now()
    expect(validateZone(APEX, many)).toEqual([])
    expect(performance.now() - start).toBeLessThan(3000)
  })
})

describe('validateAround', () => {
  const zone = records(`${BASE}a A 192.0.2.1\na CNAME x\nb A 192.0.2.1\nb CNAME x\nd DNAME x.\nq.d TXT y`)
  const view = {
    apex: APEX,
    recordsAt: (name: string) => zone.filter((one) => foldName(one.owner) === name),
    firstBelow: (name: string) => zone.find((one) => foldName(one.owner).endsWith(`.${name}`))?.owner,
  }
  test('looks only where it is told', () => {
    expect(validateAround(view, ['A.example.com.']).map((one) => one.owner)).toEqual(['a.example.com.'])
    expect(validateAround(view, ['ns1.example.com.', APEX, 'gone.example.com.'])).toEqual([])
  })
  test('a DNAME is held against names below it', () => {
    const messages = validateAround(view, ['d.example.com.']).map((one) => one.message)
    expect(messages).toEqual(['Cannot add DNAME at "d": there are records below it, at "q.d"'])
  })
})

describe('a set that no answer can hold', () => {
  const apex = 'large.example.'
  const texts = (count: number) =>
    Array.from({ length: count }, (_, n) => {
      const rdata = new Uint8Array(101).fill(120)
      rdata[0] = 100
      new DataView(rdata.buffer).setUint32(1, n)
      return { owner: `a.${apex}`, type: 16, ttl: 60, rdata }
    })
  const codes = (count: number) => validateZone(apex, texts(count)).map(({ code }) => code)

  test('is an error, and the largest that fits is none', () => {
    expect(codes(576)).not.toContain('set-too-large')
    expect(codes(578)).toContain('set-too-large')
  })
})
