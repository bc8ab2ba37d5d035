import { type FieldKind, MAX_RDATA, type Sink, shown, TOO_LONG } from './field-kind.ts'
import { digits, readNumber, writeNumber } from './numbers.ts'
import { checkParam, PARAMS, paramName, writeParamValue } from './service-param-values.ts'

type Param = { key: number; value: string | undefined }

/** The parameters of SVCB and HTTPS (RFC 9460 §2.1, §2.2): `alpn="h2,h3" port=8443`, in any order, each once. */
export const serviceParams: FieldKind = {
  parse(source, sink) {
    const params: Param[] = []
    while (source.next < source.count) {
      const param = splitParam(source.tokens[source.next++] ?? '')
      if (typeof param === 'string') return param
      params.push(param)
    }
    params.sort((a, b) => a.key - b.key)
    const start = sink.pos
    for (const [i, param] of params.entries()) {
      if (params[i - 1]?.key === param.key) return `${paramName(param.key)} is given twice`
      const problem = writeParam(param, sink)
      if (problem !== undefined) return `${paramName(param.key)}: ${problem}`
    }
    return checkTogether(sink.bytes, start, sink.pos)
  },
  end(bytes, at, end) {
    let last = -1
    let pos = at
    while (pos < end) {
      const key = readNumber(bytes, pos, 2)
      const to = pos + 4 + readNumber(bytes, pos + 2, 2)
      if (key <= last || pos + 4 > end || to > end || !checkParam(key, bytes, pos + 4, to)) return -1
      last = key
      pos = to
    }
    return checkTogether(bytes, at, end) === undefined ? pos : -1
  },
  print(bytes, at, end) {
    const params: string[] = []
    for (let pos = at; pos < end; ) {
      const key = readNumber(bytes, pos, 2)
      const to = pos + 4 + readNumber(bytes, pos + 2, 2)
      const value = (PARAMS[key] ?? PARAMS[65535])?.print(bytes, pos + 4, to) ?? ''
      params.push(value === '' ? paramName(key) : `${paramName(key)}=${value}`)
      pos = to
    }
    return params.join(' ')
  },
}

function splitParam(token: string): Param | string {
  const equals = token.indexOf('=')
  const word = (equals < 0 ? token : token.slice(0, equals)).toLowerCase()
  const known = Object.entries(PARAMS).find(([, param]) => param.name === word)
  const generic = /^key(0|[1-9]\d{0,4})$/.exec(word)?.[1]
  const key = known === undefined ? digits(generic ?? '') : Number(known[0])
  if (key < 0 || key > 65534) return `expected parameters such as alpn="h2,h3" or key667="x", found ${shown(token)}`
  return { key, value: equals < 0 ? undefined : token.slice(equals + 1) }
}

function writeParam(param: Param, sink: Sink): string | undefined {
  const at = sink.pos
  writeNumber(sink, param.key, 2)
  sink.pos += 2
  const problem = writeParamValue(param.key, param.value, sink)
  if (problem !== undefined) return problem
  if (sink.pos > MAX_RDATA) return TOO_LONG
  const length = sink.pos - at - 4
  sink.bytes[at + 2] = length >> 8
  sink.bytes[at + 3] = length
  return checkParam(param.key, sink.bytes, at + 4, sink.pos) ? undefined : 'has a value that is not allowed'
}

// RFC 9460 §8: what `mandatory` lists must be there; §7.1.1: no-default-alpn needs alpn.
function checkTogether(bytes: Uint8Array, at: number, end: number): string | undefined {
  const keys = new Set<number>()
  const mandatory: number[] = []
  for (let pos = at; pos < end; pos += 4 + readNumber(bytes, pos + 2, 2)) {
    const key = readNumber(bytes, pos, 2)
    keys.add(key)
    if (key !== 0) continue
    for (let i = 0; i < readNumber(bytes, pos + 2, 2); i += 2) mandatory.push(readNumber(bytes, pos + 4 + i, 2))
  }
  const missing = mandatory.find((key) => !keys.has(key))
  if (missing !== undefined) return `mandatory lists ${paramName(missing)}, which is not given`
  return keys.has(2) && !keys.has(1) ? 'no-default-alpn needs alpn beside it' : undefined
}
