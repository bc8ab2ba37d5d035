import { failed, type Parsed, parsed } from './parsed.ts'

// Names of patterns, label by label. An escaped dot stays inside its label (RFC 1035, section 5.1).

/** A label, and whether it was written with an escape: `\*\*` is a label, `**` is not. */
export interface WrittenLabel {
  readonly text: string
  readonly escaped: boolean
}

/** @example readLabels('a\\.b.Example.com') // { ok: true, value: [{ text: 'a.b', escaped: true }, { text: 'example', escaped: false }, { text: 'com', escaped: false }] } */
export function readLabels(name: string): Parsed<WrittenLabel[]> {
  const labels: WrittenLabel[] = []
  let text = ''
  let escaped = false
  for (let at = 0; at <= name.length; at++) {
    const char = name[at]
    if (char === undefined || char === '.') {
      const absolute = char === undefined && text === '' && labels.length > 0
      const wrong = absolute ? null : wrongLabel(text, name)
      if (wrong !== null) return failed(wrong)
      if (!absolute) labels.push({ text, escaped })
      text = ''
      escaped = false
    } else if (char === '\\') {
      const read = readEscape(name.slice(at + 1))
      if (read === null) return failed(`"${name}" has a "\\" that escapes nothing: write "\\." or "\\046"`)
      text += foldCase(read.char)
      escaped = true
      at += read.length
    } else if (char > '~' || char <= ' ') {
      return failed(`"${name}" has the character "${char}": write international names as xn--, other bytes as \\DDD`)
    } else text += foldCase(char)
  }
  const octets = labels.reduce((sum, label) => sum + label.text.length + 1, 1)
  return octets > 255 ? failed(`"${name}" is ${octets} octets long: a name has at most 255`) : parsed(labels)
}

/** @example printLabel('a.b') // 'a\\.b' */
export function printLabel(label: string): string {
  if (label === '**' || label === '+') return [...label].map((char) => `\\${char}`).join('')
  return label.replace(/[^!-~]|[.\\]/g, (char) =>
    char === '.' || char === '\\' ? `\\${char}` : `\\${String(char.charCodeAt(0)).padStart(3, '0')}`,
  )
}

/** What is wrong with a label, or null. `whole` is named in the sentence. */
export function wrongLabel(label: string, whole: string): string | null {
  if (label === '') return `"${whole}" has an empty label: write one dot between labels and none before the first`
  if (label.length > 63) return `"${whole}" has a label of ${label.length} octets: a label has at most 63`
  return null
}

/** ASCII only, as names are compared (RFC 4343). */
export function foldCase(text: string): string {
  return text.replace(/[A-Z]/g, (char) => char.toLowerCase())
}

function readEscape(rest: string): { char: string; length: number } | null {
  const digits = /^\d{3}/.exec(rest)?.[0]
  if (digits !== undefined) {
    const code = Number(digits)
    return code > 255 ? null : { char: String.fromCharCode(code), length: 3 }
  }
  const char = rest[0]
  return char === undefined || /\d/.test(char) ? null : { char, length: 1 }
}
