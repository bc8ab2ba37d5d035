import { describe, expect, test } from 'vitest'
import {
  checkRdata,
  namesInRdata,
  parseName,
  parseRdata,
  parseZoneFile,
  printRdata,
  typedTypes,
  wireToName,
} from '../index.ts'
import { randomRecord, seededRandom } from './random-records.ts'

const WORDS = [
  '$ORIGIN',
  '$TTL',
  '$GENERATE',
  '1-9',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the template of $GENERATE
  'a${0,9,n}$',
  '(',
  ')',
  '"',
  ';',
  '\\',
  '\\0',
  '\\300',
  '@',
  '.',
  'IN',
  'A',
  'TXT',
  'SVCB',
  'alpn="',
  '192.0.2.1',
  '\n',
  ' ',
  '\t',
  '::',
  'é',
  '\u0000',
  '1w',
  '\\#',
  '4',
  'AB',
  '=',
  ',',
  '!1:',
  '/',
  'LOC',
  'NSEC',
  'N',
  'E',
  '-',
]

describe('no input crashes or hangs', () => {
  test('random bytes as the data of every type', () => {
    const random = seededRandom(7)
    for (const type of typedTypes()) {
      for (let i = 0; i < 300; i++) {
        const bytes = Uint8Array.from({ length: random(60) }, () => (random(2) === 0 ? random(5) : random(256)))
        const text = printRdata(type, bytes)
        const again = parseRdata(type, text === '' ? '\\# 0' : text)
        const problem = checkRdata(type, bytes)
        if (problem === undefined) expect('rdata' in again && again.rdata).toEqual(bytes)
        else expect(text.startsWith('\\#')).toBe(true)
        namesInRdata(type, bytes)
        wireToName(bytes)
      }
    }
  })
  test('well-formed data with a byte changed or cut', () => {
    const random = seededRandom(8)
    for (let i = 0; i < 20_000; i++) {
      const { type, rdata } = randomRecord(random)
      const bytes = rdata.slice(0, random(4) === 0 ? random(rdata.length + 1) : rdata.length)
      if (bytes.length > 0) bytes[random(bytes.length)] = random(256)
      const text = printRdata(type, bytes)
      const again = parseRdata(type, text === '' ? '\\# 0' : text)
      if (checkRdata(type, bytes) === undefined) expect('rdata' in again && again.rdata).toEqual(bytes)
      else expect(again).toHaveProperty('error')
    }
  })
  test('random text as zone file, data and name', () => {
    const random = seededRandom(9)
    for (let i = 0; i < 5_000; i++) {
      const text = Array.from(
        { length: random(40) },
        () => WORDS[random(WORDS.length)] + (random(2) === 0 ? ' ' : ''),
      ).join('')
      const { errors, records } = parseZoneFile(text, { origin: 'x.', defaultTtl: 1 })
      expect(errors.length).toBeLessThanOrEqual(100)
      for (const record of records) expect(checkRdata(record.type, record.rdata)).toBeUndefined()
      parseRdata(random(70), text, 'x.')
      parseName(text, 'x.')
    }
  })
  test.each([
    ['one open parenthesis', '('],
    ['many empty lines', '\n'],
    ['quotes', '"'],
    ['backslashes', '\\'],
    ['a name without end', 'a.'],
    ['comments', ';\n'],
    ['dollars', '$'],
    ['records', 'a A 1.1.1.1\n'],
    ['texts', 'a TXT ('],
    ['pairs', 'k="v" '],
    ['pairs in TXT', 'TXT k="v" '],
    ['parameters', 'a HTTPS 1 . key9="v" '],
  ])('a megabyte of %s is read in a moment', (_what, piece) => {
    const text = piece.repeat(Math.ceil(2 ** 20 / piece.length))
    const start = performance.now()
    parseZoneFile(text, { origin: 'x.', defaultTtl: 1 })
    parseRdata(16, text)
    parseName(text, 'x.')
    expect(performance.now() - start).toBeLessThan(3000)
  })
})
