// What ends an unquoted token (RFC 1035 §5.1): blanks, line ends, `;`, parentheses and quotes.
const ENDS = new Uint8Array(256)
for (const char of ' \t\r\n;()"') ENDS[char.charCodeAt(0)] = 1

const QUOTE = 34
const BACKSLASH = 92
const NEWLINE = 10

/**
 * Where the token that starts at `at` ends; -1 for a quoted string that does not end on its line. A token that starts
 * with a quote keeps both quotes. With `pairs`, `key="a b"` is one token, as SVCB parameters need (RFC 9460 §2.1).
 */
export function tokenEnd(text: string, at: number, pairs: boolean): number {
  if (text.charCodeAt(at) === QUOTE) return quotedEnd(text, at)
  let pos = at
  for (; pos < text.length; pos++) {
    const code = text.charCodeAt(pos)
    if (ENDS[code] === 1) {
      if (!(pairs && code === QUOTE && text.charCodeAt(pos - 1) === 61)) return pos
      return quotedEnd(text, pos)
    }
    if (code === BACKSLASH && pos + 1 < text.length && text.charCodeAt(pos + 1) !== NEWLINE) pos++
  }
  return pos
}

function quotedEnd(text: string, at: number): number {
  for (let pos = at + 1; pos < text.length; pos++) {
    const code = text.charCodeAt(pos)
    if (code === QUOTE) return pos + 1
    if (code === NEWLINE) return -1
    if (code === BACKSLASH) pos++
  }
  return -1
}

/** The tokens of one record's data; parentheses only join lines. A comment here would be text lost, so it is refused. */
export function splitTokens(text: string, pairs: boolean): { tokens: string[] } | { error: string } {
  const tokens: string[] = []
  let depth = 0
  let pos = 0
  let ended = false
  while (pos < text.length) {
    const char = text.charAt(pos)
    if (char === ';') return { error: 'a ";" outside quotes begins a comment; put the text in double quotes' }
    if (char === '(') depth++
    if (char === ')') depth--
    if (depth < 0) return { error: 'a ")" has no "(" before it' }
    if (' \t\r\n()'.includes(char)) {
      pos++
      ended ||= char === '\n' && depth === 0 && tokens.length > 0
      continue
    }
    if (ended) return { error: 'the data of one record is one line' }
    const end = tokenEnd(text, pos, pairs)
    if (end < 0) return { error: 'a quoted text has no closing quote' }
    tokens.push(text.slice(pos, end))
    pos = end
  }
  return depth === 0 ? { tokens } : { error: 'a "(" is never closed' }
}
