import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  checkRdata,
  joinRdata,
  joinTxt,
  parseRdata,
  printRdata,
  rdataFields,
  splitRdata,
  splitTxt,
  typedTypes,
  typeName,
  typeNumber,
} from '../index.ts'

function vectors(file: string): string[][] {
  const lines = readFileSync(new URL(file, import.meta.url), 'utf8').split('\n')
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('|').map((part) => part.trim()))
}
const numberOf = (type: string | undefined) => typeNumber(type ?? '') ?? 0
const ORIGIN = 'example.com.'

function parsed(type: number, text: string): Uint8Array {
  const answer = parseRdata(type, text, ORIGIN)
  if ('error' in answer) throw new Error(answer.error)
  return answer.rdata
}

const valid = vectors('./rdata_valid.txt')

describe('parseRdata', () => {
  test.each(valid)('%s %s is read and printed', (type, text = '', printed = text) => {
    const rdata = parsed(numberOf(type), text)
    expect(checkRdata(numberOf(type), rdata)).toBeUndefined()
    expect(printRdata(numberOf(type), rdata)).toBe(printed)
    expect(parsed(numberOf(type), printRdata(numberOf(type), rdata, { origin: ORIGIN }) || '\\# 0')).toEqual(rdata)
  })
  test.each(vectors('./rdata_invalid.txt'))('%s %s is refused: %s', (type, text = '', message) => {
    const answer = parseRdata(numberOf(type), text, ORIGIN)
    expect('error' in answer && answer.error).toContain(message)
  })
  test('every type with fields has a vector', () => {
    const seen = new Set(valid.map(([type]) => numberOf(type)))
    const old = ['MB', 'MG', 'MR', 'MINFO', 'SIG', 'DNSKEY', 'RKEY', 'TA'].map(numberOf)
    expect(
      typedTypes()
        .filter((type) => !seen.has(type) && !old.includes(type))
        .map(typeName),
    ).toEqual([])
    expect(typedTypes().length).toBeGreaterThanOrEqual(45)
  })
  test('a text over 255 bytes is refused with what to do', () => {
    const answer = parseRdata(16, `"${'x'.repeat(256)}"`)
    expect('error' in answer && answer.error).toContain('split it into several')
  })
  test('data over 65535 bytes is refused', () => {
    const piece = `"${'x'.repeat(255)}" `
    expect(parseRdata(16, piece.repeat(255))).toHaveProperty('rdata')
    expect(parseRdata(16, piece.repeat(257))).toHaveProperty('error')
    expect(parseRdata(61, 'A'.repeat(4 * 30000))).toHaveProperty('error')
    expect(parseRdata(43, `1 1 99 ${'AB'.repeat(70000)}`)).toHaveProperty('error')
  })
})

describe('forms', () => {
  test.each(valid)('%s %s goes through a form unchanged', (type, text = '') => {
    const rdata = parsed(numberOf(type), text)
    const split = splitRdata(numberOf(type), text, ORIGIN)
    if ('error' in split) throw new Error(split.error)
    if (rdata.length === 0) return
    const joined = joinRdata(numberOf(type), split.values, ORIGIN)
    expect('text' in joined && parsed(numberOf(type), joined.text)).toEqual(rdata)
    expect(rdataFields(numberOf(type)).every((field) => field.help.length > 5)).toBe(true)
  })
  test('texts are shown without quotes and may be given with or without', () => {
    expect(splitRdata(257, '0 issue "ca.example; a=b"')).toEqual({ values: ['0', 'issue', 'ca.example; a=b'] })
    expect(joinRdata(257, ['0', 'issue', 'a "b" c\\\\'])).toEqual({ text: '0 issue "a \\"b\\" c\\\\"' })
    expect(joinRdata(257, ['0', 'issue', '"quoted"'])).toEqual({ text: '0 issue "quoted"' })
    expect(joinRdata(257, ['0', 'issue'])).toEqual({ text: '0 issue ""' })
    expect(joinRdata(15, ['ten', 'mail'], ORIGIN)).toHaveProperty('error')
  })
})

describe('long texts', () => {
  test('a long key is cut and joined', () => {
    const key = `v=DKIM1; k="rsa"; p=${'A\\'.repeat(400)}é`
    expect(joinTxt(splitTxt(key))).toBe(key)
    expect(parsed(16, splitTxt(key)).length).toBe(key.length + 1 + 4)
    expect(splitRdata(16, splitTxt(key))).toEqual({ values: [key] })
  })
  test('cuts elsewhere and bytes that are no text are kept as they are', () => {
    expect(splitRdata(16, '"a" "b"')).toEqual({ values: ['"a" "b"'] })
    expect(splitRdata(16, '"\\255"')).toEqual({ values: ['"\\255"'] })
    expect(splitTxt('')).toBe('""')
  })
})
