import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as dns from './index.ts'

// Every `@example` of these folders is a call and, behind `//`, its value. Values with `…` or in words are for readers.
const FOLDERS = ['.', 'names', 'rdata', 'zonefile', 'diff', 'validate']
const EXAMPLE = /@example (.+)\n \* \/\/ (.+)/g

type Example = { call: string; value: string }

function examplesIn(folder: string): Example[] {
  const root = join(import.meta.dirname, folder)
  const files = readdirSync(root).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  return files.flatMap((file) => {
    const found = readFileSync(join(root, file), 'utf8').matchAll(EXAMPLE)
    return [...found].map(([, call = '', value = '']) => ({ call, value }))
  })
}

function evaluate(expression: string): unknown {
  const names = Object.keys(dns)
  return new Function(...names, `return (${expression})`)(...Object.values(dns))
}

const isExact = ({ call, value }: Example) =>
  /^[-[{'"\dtfU]/.test(value) && !/…|after\.|records|\ba1\b|Uint8Array of/.test(call + value)
const examples = FOLDERS.flatMap(examplesIn).filter(isExact)

describe('the examples in the documentation', () => {
  test.each(examples.filter(({ call }) => (call.split('(')[0] ?? '') in dns))('$call is $value', ({ call, value }) => {
    expect(evaluate(call)).toEqual(evaluate(value.replace(/Uint8Array (\[[^\]]*\])/g, 'new Uint8Array($1)')))
  })
  test('are many', () => expect(examples.length).toBeGreaterThan(20))
})
