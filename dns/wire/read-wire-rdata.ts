import type { RdataLayout } from './rdata-layout.ts'
import { rdataLayout } from './rdata-layout.ts'
import { readWireName } from './read-wire-name.ts'

/**
 * The rdata at `at`, `length` bytes long in the message, with the names in it written out whole. Undefined when a name
 * or a length in it does not fit. Empty rdata is left to the caller: UPDATE uses it (RFC 2136 §2.4).
 */
export function readWireRdata(message: Uint8Array, type: number, at: number, length: number): Uint8Array | undefined {
  const end = at + length
  if (end > message.length) return undefined
  const layout = rdataLayout(type)
  if (layout === undefined || length === 0) return message.slice(at, end)
  const namesAt = skipFront(message, layout, at, end)
  return namesAt < 0 ? undefined : expandNames(message, layout, at, namesAt, end)
}

function skipFront(message: Uint8Array, layout: RdataLayout, at: number, end: number): number {
  let pos = at + layout.fixed
  for (let i = 0; i < layout.strings && pos < end; i++) pos += 1 + (message[pos] as number)
  return pos < end ? pos : -1
}

function expandNames(
  message: Uint8Array,
  layout: RdataLayout,
  at: number,
  namesAt: number,
  end: number,
): Uint8Array | undefined {
  const parts = [message.subarray(at, namesAt)]
  let pos = namesAt
  for (let i = 0; i < layout.names; i++) {
    const name = readWireName(message, pos)
    if (name === undefined || name.end > end) return undefined
    parts.push(name.wire)
    pos = name.end
  }
  if (layout.rest >= 0 && end - pos !== layout.rest) return undefined
  parts.push(message.subarray(pos, end))
  return joinBytes(parts)
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let pos = 0
  for (const part of parts) {
    joined.set(part, pos)
    pos += part.length
  }
  return joined
}
