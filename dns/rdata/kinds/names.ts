import { relativeName } from '../../names/name-labels.ts'
import { nameEnd, printName } from '../../names/print-name.ts'
import { nameError, writeName } from '../../names/write-name.ts'
import { type FieldKind, type Sink, type Source, take } from './field-kind.ts'

/** One domain name; a relative one is completed with the origin. */
export const name: FieldKind = { parse: parseOne, end: nameEnd, print: printOne }

/** Any number of names up to the end: the rendezvous servers of HIP (RFC 8005 §5). */
export const names: FieldKind = {
  parse(source, sink) {
    while (source.next < source.count) {
      const problem = parseOne(source, sink)
      if (problem !== undefined) return problem
      if (sink.pos > 65535) return 'there are too many names'
    }
    return undefined
  },
  end(bytes, at, end) {
    let pos = at
    while (pos >= 0 && pos < end) pos = nameEnd(bytes, pos, end)
    return pos
  },
  print(bytes, at, end, origin) {
    const parts: string[] = []
    for (let pos = at; pos < end; pos = nameEnd(bytes, pos, end)) parts.push(printOne(bytes, pos, end, origin))
    return parts.join(' ')
  },
}

function parseOne(source: Source, sink: Sink): string | undefined {
  const token = take(source)
  if (token === undefined) return 'a name is missing'
  if (token.charCodeAt(0) === 34) return `a name stands without quotes, found ${token.slice(0, 60)}`
  const end = writeName(token, source.origin, sink.bytes, sink.pos)
  if (end < 0) return nameError(end, token)
  sink.pos = end
  return undefined
}

function printOne(bytes: Uint8Array, at: number, _end: number, origin: string | undefined): string {
  const printed = printName(bytes, at)
  return origin === undefined ? printed : relativeName(printed, origin)
}
