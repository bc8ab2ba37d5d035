import { hasPairs } from '../rdata/parse-rdata.ts'
import { tokenEnd } from '../rdata/tokens.ts'
import { typeNumber } from '../rdata/type-numbers.ts'

/**
 * A walk through a zone file's entries (RFC 1035 §5.1): a line, or several joined by parentheses. After `nextEntry`
 * answers true, `tokens[0..count]` are the entry's, `blankOwner` says that it began with a blank (so it repeats the
 * owner before it), and `error` says what is wrong with it, if anything. One scanner is used for a whole file.
 */
export type Scanner = {
  text: string
  pos: number
  line: number
  depth: number
  tokens: string[]
  count: number
  startLine: number
  blankOwner: boolean
  error: string | undefined
  column: number | undefined
}

// Its three bytes in UTF-8, as some editors put them at the start of a file.
const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf'

export function makeScanner(text: string): Scanner {
  return {
    text,
    pos: text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0,
    line: 1,
    depth: 0,
    tokens: [],
    count: 0,
    startLine: 1,
    blankOwner: false,
    error: undefined,
    column: undefined,
  }
}

const TAB = 9
const NEWLINE = 10
const RETURN = 13
const SPACE = 32
const OPEN = 40
const CLOSE = 41
const SEMICOLON = 59

/** Moves to the next entry that holds anything; false at the end of the file. */
export function nextEntry(scanner: Scanner): boolean {
  const { text } = scanner
  startEntry(scanner)
  while (scanner.pos < text.length) {
    const code = text.charCodeAt(scanner.pos)
    if (code === SPACE || code === TAB || code === RETURN) scanner.pos++
    else if (code === NEWLINE) {
      scanner.pos++
      scanner.line++
      if (scanner.depth > 0) continue
      if (scanner.count > 0 || scanner.error !== undefined) return true
      startEntry(scanner)
    } else if (code === SEMICOLON) skipLine(scanner)
    else if (code === OPEN || code === CLOSE) {
      scanner.depth += code === OPEN ? 1 : -1
      scanner.pos++
      if (scanner.depth < 0) fail(scanner, 'a ")" has no "(" before it')
    } else readToken(scanner)
  }
  if (scanner.depth > 0) fail(scanner, 'a "(" is never closed')
  return scanner.count > 0 || scanner.error !== undefined
}

function startEntry(scanner: Scanner): void {
  const first = scanner.text.charCodeAt(scanner.pos)
  scanner.blankOwner = first === SPACE || first === TAB
  scanner.startLine = scanner.line
  scanner.count = 0
  scanner.depth = 0
  scanner.error = undefined
  scanner.column = undefined
}

function readToken(scanner: Scanner): void {
  const { text, pos } = scanner
  let end = tokenEnd(text, pos, false)
  const atPair = end > pos && text.charCodeAt(end) === 34 && text.charCodeAt(end - 1) === 61
  if (atPair && holdsPairs(scanner)) end = tokenEnd(text, pos, true)
  if (end < 0) fail(scanner, 'a quoted text has no closing quote on its line')
  else {
    scanner.tokens[scanner.count++] = text.slice(pos, end)
    scanner.pos = end
  }
}

// Only in SVCB and HTTPS do quotes after a `=` belong to the token; so rare that it is looked up when it happens. The
// type stands after the owner, a TTL and a class at most, and in $GENERATE after its range too.
function holdsPairs(scanner: Scanner): boolean {
  const isGenerate = !scanner.blankOwner && scanner.tokens[0]?.toUpperCase() === '$GENERATE'
  const from = isGenerate ? 3 : scanner.blankOwner ? 0 : 1
  for (let i = from; i < Math.min(scanner.count, from + 3); i++) {
    const type = typeNumber(scanner.tokens[i] ?? '')
    if (type !== undefined) return hasPairs(type)
  }
  return false
}

// The rest of the line is given up, and parentheses with it; the entry then ends at the line's end.
function fail(scanner: Scanner, message: string): void {
  scanner.error ??= message
  scanner.column ??= scanner.pos - scanner.text.lastIndexOf('\n', scanner.pos - 1)
  if (scanner.pos < scanner.text.length) skipLine(scanner)
  scanner.depth = 0
}

function skipLine(scanner: Scanner): void {
  const end = scanner.text.indexOf('\n', scanner.pos)
  scanner.pos = end < 0 ? scanner.text.length : end
}
