import { describe, expect, test } from 'vitest'
import {
  compareNames,
  foldedLabels,
  foldName,
  isAtOrBelow,
  labelsOf,
  nameToWire,
  parentOf,
  parseName,
  relativeName,
  sortKey,
  toAsciiName,
  wireToName,
} from '../index.ts'

const label63 = 'x'.repeat(63)
const longest = `${`${label63}.`.repeat(3)}${'y'.repeat(61)}.`

describe('parseName', () => {
  test.each([
    ['www', 'example.com.', 'www.example.com.'],
    ['@', 'example.com.', 'example.com.'],
    ['www', '.', 'www.'],
    ['.', 'example.com.', '.'],
    ['WWW.Example.com.', undefined, 'WWW.Example.com.'],
    ['a\\.b', 'example.', 'a\\.b.example.'],
    ['a\\046b.example.', undefined, 'a\\.b.example.'],
    ['\\097.example.', undefined, 'a.example.'],
    ['\\000\\255.', undefined, '\\000\\255.'],
    ['a b.', undefined, 'a\\032b.'],
    ['\\@', 'example.', '\\@.example.'],
    ['x$y(z);"q.', undefined, 'x\\$y\\(z\\)\\;\\"q.'],
    ['é.', undefined, '\\195\\169.'],
    ['a', 'b\\.c.', 'a.b\\.c.'],
    ['a\\\\.b.', undefined, 'a\\\\.b.'],
    [longest, undefined, longest],
  ])('%j with origin %j is %j', (text, origin, name) => {
    expect(parseName(text, origin)).toEqual({ name })
  })

  test.each([
    ['', 'example.', 'is empty'],
    ['a..b.', undefined, 'empty label'],
    ['.a.', undefined, 'empty label'],
    ['..', undefined, 'empty label'],
    [`x${label63}.`, undefined, 'longer than 63'],
    [`yy.${longest}`, undefined, 'longer than 255'],
    ['www', undefined, 'no origin'],
    ['@', undefined, 'no origin'],
    ['a\\', 'example.', 'bad escape'],
    ['a\\25', 'example.', 'bad escape'],
    ['a\\256.', 'example.', 'bad escape'],
    ['y', longest, 'longer than 255'],
  ])('%j with origin %j is refused: %s', (text, origin, problem) => {
    const answer = parseName(text, origin)
    expect('error' in answer && answer.error).toContain(problem)
  })
})

describe('names on the wire', () => {
  test('every byte survives text and wire', () => {
    for (let byte = 0; byte < 256; byte++) {
      const wire = new Uint8Array([3, byte, 65, byte, 1, 98, 0])
      const read = wireToName(wire)
      const name = 'name' in read ? read.name : ''
      expect(nameToWire(name)).toEqual(wire)
      expect(parseName(name)).toEqual({ name })
      expect(labelsOf(name)).toHaveLength(2)
    }
  })
  test.each([[[]], [[1]], [[64, 0]], [[192, 12]], [[1, 97]]])('%j is not a whole name', (bytes) => {
    expect(wireToName(new Uint8Array(bytes))).toHaveProperty('error')
  })
  test('a name is read from the middle of other bytes', () => {
    expect(wireToName(new Uint8Array([9, 9, 1, 97, 0, 9]), 2)).toEqual({ name: 'a.', end: 5 })
  })
})

describe('names compared', () => {
  test('only ASCII letters fold', () => expect(foldName('AZ\\195.Ex.')).toBe('az\\195.ex.'))
  test('labels keep escaped dots', () => {
    expect(labelsOf('a\\.b.C.')).toEqual(['a\\.b', 'C'])
    expect(foldedLabels('a\\\\.C.')).toEqual(['a\\\\', 'c'])
    expect(labelsOf('.')).toEqual([])
  })
  test('the parent drops one label', () => {
    expect(parentOf('a\\.b.c.')).toBe('c.')
    expect(parentOf('c.')).toBe('.')
    expect(parentOf('.')).toBeUndefined()
  })
  test.each([
    ['example.com.', 'example.com.', true],
    ['A.EXAMPLE.com.', 'example.com.', true],
    ['badexample.com.', 'example.com.', false],
    ['a\\.example.com.', 'example.com.', false],
    ['a\\\\.example.com.', 'example.com.', true],
    ['com.', 'example.com.', false],
    ['x.', '.', true],
  ])('%s at or below %s: %s', (name, ancestor, expected) => expect(isAtOrBelow(name, ancestor)).toBe(expected))
  test.each([
    ['example.com.', 'Example.com.', '@'],
    ['www.example.com.', 'example.com.', 'www'],
    ['www.example.net.', 'example.com.', 'www.example.net.'],
    ['com.', '.', 'com'],
    ['.', '.', '@'],
  ])('%s inside %s is shown as %s', (name, origin, shown) => expect(relativeName(name, origin)).toBe(shown))

  test('the example of RFC 4034 §6.1 is in order', () => {
    const names = ['example.', 'a.example.', 'yljkjljk.a.example.', 'Z.a.example.', 'zABC.a.EXAMPLE.', 'z.example.']
    names.push('\\001.z.example.', '*.z.example.', '\\200.z.example.')
    expect([...names].reverse().sort(compareNames)).toEqual(names)
    const keys = names.map((name) => Buffer.from(sortKey(name)))
    expect([...keys].reverse().sort(Buffer.compare)).toEqual(keys)
    expect(compareNames('A.example.', 'a.EXAMPLE.')).toBe(0)
    expect(compareNames('\\000.example.', 'a.\\000.example.')).toBeLessThan(0)
  })
})

describe('international names', () => {
  test.each([
    ['bücher.example.', 'xn--bcher-kva.example.'],
    ['_dmarc.müller。example', '_dmarc.xn--mller-kva.example'],
    ['*.a\\.b.example.', '*.a\\.b.example.'],
    ['123.日本.', '123.xn--wgv71a.'],
  ])('%s is %s', (text, ascii) => expect(toAsciiName(text)).toEqual({ text: ascii }))
  test('what IDNA forbids is refused', () => expect(toAsciiName('a\u{fffd}b.')).toHaveProperty('error'))
  test('another implementation may be given', () => {
    expect(toAsciiName('ö.x.', () => 'xn--nda')).toEqual({ text: 'xn--nda.x.' })
  })
})
