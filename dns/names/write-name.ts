import { readEscape } from './byte-text.ts'

export const MAX_LABEL = 63
export const MAX_NAME = 255

const DOT = 46
const BACKSLASH = 92

const MESSAGES: Record<number, string> = {
  [-1]: 'has an empty label (two dots in a row, or a dot at its start)',
  [-2]: 'has a label longer than 63 bytes',
  [-3]: 'is longer than 255 bytes',
  [-4]: 'has a bad escape: write \\. for a dot inside a label, or \\DDD with three digits up to 255',
  [-5]: 'is empty',
  [-6]: 'does not end with a dot and there is no origin to complete it',
}

/** The sentence for a negative answer of `writeName`, naming the text it was about. */
export function nameError(code: number, text: string): string {
  const shown = text.length > 80 ? `${text.slice(0, 77)}...` : text
  return `name "${shown}" ${MESSAGES[code] ?? 'is not a domain name'}`
}

/**
 * Writes the wire form (RFC 1035 §3.1) of a name in presentation form at `at`. A name without a final dot is
 * completed with `origin`, itself in wire form; `@` is the origin. Answers where the name ends, or a negative code for
 * `nameError`. `out` must have 256 bytes of room.
 */
export function writeName(text: string, origin: Uint8Array | undefined, out: Uint8Array, at: number): number {
  if (text === '@' || text === '') return text === '' ? -5 : finishName(origin, out, at, at)
  if (text === '.') {
    out[at] = 0
    return at + 1
  }
  let labelAt = at
  let pos = at + 1
  const limit = at + MAX_NAME
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i)
    if (code === DOT) {
      const problem = closeLabel(out, labelAt, pos)
      if (problem < 0) return problem
      labelAt = pos++
      continue
    }
    if (code === BACKSLASH) {
      const read = readEscape(text, i)
      if (read < 0) return -4
      code = read & 255
      i += (read >> 8) - 1
    }
    if (pos - labelAt > MAX_LABEL) return -2
    if (pos >= limit) return -3
    out[pos++] = code
  }
  if (pos - labelAt === 1) return endRoot(out, labelAt, at)
  const problem = closeLabel(out, labelAt, pos)
  return problem < 0 ? problem : finishName(origin, out, at, pos)
}

function closeLabel(out: Uint8Array, labelAt: number, pos: number): number {
  const length = pos - labelAt - 1
  if (length === 0) return -1
  out[labelAt] = length
  return 0
}

function endRoot(out: Uint8Array, labelAt: number, at: number): number {
  out[labelAt] = 0
  return labelAt + 1 - at > MAX_NAME ? -3 : labelAt + 1
}

function finishName(origin: Uint8Array | undefined, out: Uint8Array, at: number, pos: number): number {
  if (origin === undefined) return -6
  if (pos - at + origin.length > MAX_NAME) return -3
  for (let i = 0; i < origin.length; i++) out[pos + i] = origin[i] as number
  return pos + origin.length
}
