import type { Operation, OperationId, ParsedBody, ParsedParams, ParsedQuery, z } from '@zoneward/api'
import { Fault, notFound } from '../fault.ts'
import { wrongFields } from './wrong-fields.ts'

type Input = { params: ParsedParams<OperationId>; query: ParsedQuery<OperationId>; body: ParsedBody<OperationId> }
type Raw = { request: Request; params: Record<string, string> }

const ordinary = 1 << 20
const zoneFiles = 72 << 20
// The largest change has 20,000 operations of seven values each.
const mostValues = 200_000
// Nothing that is asked for is nested half as deeply.
const mostDepth = 64
const withZoneFile = new Set<OperationId>([
  'zones.create',
  'zones.file.replace',
  'zone_file_checks.create',
  'changes.create',
])

/** Path, query and body, parsed by the table's schemas. An id that is no id does not exist: 404, as any other. */
export async function readInput(id: OperationId, operation: Operation, raw: Raw): Promise<Input> {
  const params = operation.params?.safeParse(raw.params)
  if (params && !params.success) throw notFound()
  const query = parse(operation.query, queryOf(raw.request.url), 'query')
  const body = operation.body
    ? parse(operation.body, await readJson(raw.request, withZoneFile.has(id) ? zoneFiles : ordinary), 'body')
    : undefined
  return { params: params?.data, query, body } as Input
}

function queryOf(url: string): Record<string, string> {
  return Object.fromEntries(new URL(url).searchParams)
}

function parse(schema: z.ZodType | undefined, value: unknown, place: 'query' | 'body'): unknown {
  if (!schema) return undefined
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const fields = wrongFields(result.error, place).slice(0, 20)
  throw new Fault('invalid', `${fields[0]?.path}: ${fields[0]?.message}`, { fields })
}

async function readJson(request: Request, most: number): Promise<unknown> {
  const bytes = await readBounded(request, most)
  const { count, depth } = measure(bytes)
  if (count > mostValues) throw new Fault('invalid', `The body has more than ${mostValues} values: send it in parts.`)
  if (depth > mostDepth) throw new Fault('invalid', `The body is nested more than ${mostDepth} deep.`)
  try {
    return bytes.length === 0 ? {} : JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new Fault('invalid', 'The body is not JSON.', { fields: [{ path: 'body', message: 'Expected JSON.' }] })
  }
}

async function readBounded(request: Request, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  if (request.body === null) return Buffer.alloc(0)
  for await (const chunk of request.body) {
    size += chunk.byteLength
    if (size > most) throw new Fault('invalid', `The body is larger than ${most >> 20} MiB.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const [quote, backslash] = [0x22, 0x5c]
const between = new Set([0x2c, 0x5b, 0x7b])
const [opening, closing] = [new Set([0x5b, 0x7b]), new Set([0x5d, 0x7d])]

/**
 * About how many values a JSON text has: what stands outside its strings and begins one; and how deeply they are nested.
 * Values take fifty times the memory of their text, so that of very many small ones the server would die, whoever sent
 * them. It looks no further than what is too much.
 */
function measure(bytes: Buffer): { count: number; depth: number } {
  let [count, depth, deepest] = [0, 0, 0]
  for (let at = 0; at < bytes.length && count <= mostValues && deepest <= mostDepth; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte === quote) at = endOfString(bytes, at)
    else if (closing.has(byte)) depth -= 1
    else if (between.has(byte)) {
      count += 1
      if (opening.has(byte)) depth += 1
      deepest = Math.max(deepest, depth)
    }
  }
  return { count, depth: deepest }
}

function endOfString(bytes: Buffer, start: number): number {
  for (let end = bytes.indexOf(quote, start + 1); end >= 0; end = bytes.indexOf(quote, end + 1)) {
    let escapes = 0
    while (bytes[end - 1 - escapes] === backslash) escapes += 1
    if (escapes % 2 === 0) return end
  }
  return bytes.length
}
