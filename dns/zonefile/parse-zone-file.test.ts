import { describe, expect, test } from 'vitest'
import { parseZoneFile, printRdata, typeName, type ZoneFileOptions } from '../index.ts'

const ORIGIN = 'example.com.'

function read(text: string, options: ZoneFileOptions = {}): { shown: string[]; errors: string[] } {
  const { records, errors } = parseZoneFile(text, { origin: ORIGIN, defaultTtl: 60, ...options })
  return {
    shown: records.map((one) => `${one.owner} ${one.ttl} ${typeName(one.type)} ${printRdata(one.type, one.rdata)}`),
    errors: errors.map(({ line, message }) => `${line}: ${message}`),
  }
}

const GENERATED = ['h011.example.com. 90 MX 1 m\\$1.example.com.', 'h015.example.com. 90 MX 5 m\\$5.example.com.']

describe('parseZoneFile reads', () => {
  test.each<[string, string, string[]]>([
    ['TTL before class', 'a 1h IN A 192.0.2.1', ['a.example.com. 3600 A 192.0.2.1']],
    ['class before TTL', 'a IN 1d12h A 192.0.2.1', ['a.example.com. 129600 A 192.0.2.1']],
    ['a class in small letters', 'a in a 192.0.2.1', ['a.example.com. 60 A 192.0.2.1']],
    [
      'the owner repeated',
      'a A 192.0.2.1\n\n; x\n  A 192.0.2.2',
      ['a.example.com. 60 A 192.0.2.1', 'a.example.com. 60 A 192.0.2.2'],
    ],
    [
      'names that look like types',
      'in A 192.0.2.1\n300 A 192.0.2.2',
      ['in.example.com. 60 A 192.0.2.1', '300.example.com. 60 A 192.0.2.2'],
    ],
    ['$ORIGIN relative to the one before', '$ORIGIN b\n$ORIGIN c\n@ A 192.0.2.1', ['c.b.example.com. 60 A 192.0.2.1']],
    [
      'the owner kept across $ORIGIN',
      'a A 192.0.2.1\n$ORIGIN x.\n A 192.0.2.2',
      ['a.example.com. 60 A 192.0.2.1', 'a.example.com. 60 A 192.0.2.2'],
    ],
    [
      '$TTL over the TTL before',
      '$TTL 2h\na 5 A 192.0.2.1\nb A 192.0.2.2',
      ['a.example.com. 5 A 192.0.2.1', 'b.example.com. 7200 A 192.0.2.2'],
    ],
    [
      'parentheses, comments and CRLF',
      'a MX ( 10 ; first\r\n m )\r\nb A 192.0.2.1\r\n',
      ['a.example.com. 60 MX 10 m.example.com.', 'b.example.com. 60 A 192.0.2.1'],
    ],
    ['semicolons and parentheses in quotes', 'a TXT "x;(y" z;c', ['a.example.com. 60 TXT "x;(y" "z"']],
    [
      'pairs with quotes in HTTPS only',
      'a HTTPS 1 . key667="a b"\na TXT k="a b"',
      ['a.example.com. 60 HTTPS 1 . key667="a b"', 'a.example.com. 60 TXT "k=" "a b"'],
    ],
    ['escaped blanks', 'a\\ b TXT c\\ d', ['a\\032b.example.com. 60 TXT "c d"']],
    ['bytes beyond ASCII', 'ü TXT ü', ['\\195\\188.example.com. 60 TXT "\\195\\188"']],
    ['a byte order mark', '\u{feff}a A 192.0.2.1', ['a.example.com. 60 A 192.0.2.1']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the template of $GENERATE
    ['$GENERATE', '$GENERATE 1-5/4 h${10,3} 90 MX $ m\\$$', GENERATED],
    ['$GENERATE with quoted data', '$GENERATE 7-7 a MX "$ m$"', ['a.example.com. 60 MX 7 m7.example.com.']],
    [
      '$GENERATE of nibbles',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the template of $GENERATE
      '$GENERATE 26-26 ${0,3,n}.r PTR x${0,3,X}$$',
      ['a.1.r.example.com. 60 PTR x01A\\$.example.com.'],
    ],
  ])('%s', (_what, text, expected) => {
    const { shown, errors } = read(text)
    expect(errors).toEqual([])
    expect(shown).toEqual(expected)
  })

  test('the TTL before stands in when there is no other, and the SOA brings its minimum', () => {
    const none = { origin: ORIGIN }
    const last = parseZoneFile('a 5 A 192.0.2.1\nb A 192.0.2.2', none)
    expect(last.records.map((one) => one.ttl)).toEqual([5, 5])
    const soa = parseZoneFile('@ SOA a b 1 2 3 4 77\nb 5 A 192.0.2.2\nc A 192.0.2.3', none)
    expect(soa.records.map((one) => one.ttl)).toEqual([77, 5, 77])
  })
  test('the apex is the owner of the SOA, and lines are those where records begin', () => {
    const zone = parseZoneFile('\n$ORIGIN x.org.\n@ 1 SOA a b (\n 1 2 3\n 4 5 )\n NS n\n')
    expect([zone.apex, zone.lines]).toEqual(['x.org.', [3, 6]])
  })
})

describe('parseZoneFile says with its line', () => {
  test.each([
    ['a A 192.0.2.1\nb A 192.0.2.x\nc A 192.0.2.3', '2: A address: expected an IPv4 address'],
    ['$INCLUDE other.zone', '1: $INCLUDE is not read'],
    ['$NOPE 1', '1: "$NOPE" is not a directive'],
    ['$TTL x', '1: $TTL takes seconds'],
    ['$TTL', '1: $TTL takes one value'],
    ['$ORIGIN a..b', '1: name "a..b" has an empty label'],
    ['\n  A 192.0.2.1', '2: it begins with a blank'],
    ['a CH A 192.0.2.1', '1: class CH is not served here'],
    ['a 9999999999 A 192.0.2.1', '1: TTL 9999999999 is too long'],
    ['a', '1: the record type is missing'],
    ['a NOPE x', '1: expected a record type such as A or MX, found "NOPE"'],
    ['a TXT "x\nb A 192.0.2.1', '1: a quoted text has no closing quote'],
    ['a TXT ( x\nb A 192.0.2.1\n', '1: a "(" is never closed'],
    ['a TXT x )\n', '1: a ")" has no "("'],
    ['$GENERATE 1-5 a$', '1: $GENERATE at 1: the record type is missing'],
    ['$GENERATE 5-1 a$ A 192.0.2.1', '1: $GENERATE takes a range'],
    ['$GENERATE 1-99999 a$ A 192.0.2.1', '1: $GENERATE makes more than 65536'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the template of $GENERATE
    ['$GENERATE 1-2 a${x} A 192.0.2.1', '1: "a${x}" is not a template'],
    ['$GENERATE 0-300 a$ A 192.0.2.$', '1: $GENERATE at 256: A address'],
  ])('%j: %s', (text, message) => expect(read(text).errors[0]).toContain(message))

  test('reading goes on after an error, and nothing is lost without one', () => {
    const { shown, errors } = read('a A x\nb A 192.0.2.2\nc TXT "open\nd A 192.0.2.4')
    expect([shown.length, errors.length]).toEqual([2, 2])
  })
  test('without a TTL or an origin', () => {
    expect(parseZoneFile('a A 192.0.2.1', { origin: ORIGIN }).errors[0]?.message).toContain('there is no TTL')
    expect(parseZoneFile('a 1 A 192.0.2.1').errors[0]?.message).toContain('no origin')
  })
  test('errors and records are bounded', () => {
    const many = parseZoneFile('a NOPE\n'.repeat(1000), { origin: ORIGIN })
    expect(many.errors).toHaveLength(100)
    expect(many.errors.at(-1)?.message).toContain('reading stopped here')
    const full = read('a A 192.0.2.1\n'.repeat(20), { limits: { records: 10 } })
    expect([full.shown.length, full.errors]).toEqual([
      10,
      ['11: the file has more than 10 records; reading stopped here'],
    ])
  })
  test('a column where the scanner knows it', () => {
    expect(parseZoneFile('ab TXT )', { origin: ORIGIN }).errors[0]?.column).toBeGreaterThan(6)
  })
})
