// Control characters, line separators and marks that turn the direction of text: what a server sends is shown, never
// obeyed by the terminal.
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/**
 * Text of a server, safe to print on one line.
 * @example plainText('a\u001b[2Jb') // 'a\\u001b[2Jb'
 */
export function plainText(text: string): string {
  return text.replace(unsafe, escaped)
}

/** The same for text of several lines, such as a zone file: line feeds and tabs stay. */
export function plainLines(text: string): string {
  return text.replace(unsafe, (character) =>
    character === '\n' || character === '\t' ? character : escaped(character),
  )
}

/** JSON that is safe on a terminal and is still the same JSON. */
export function plainJson(value: unknown): string {
  return plainLines(JSON.stringify(value, null, 2))
}

/** Rows in columns, as wide as their widest cell; the last column is not padded. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(plainText))
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return `${lines.join('\n')}\n`
}

// By UTF-16 units, so that what is escaped in JSON stays the same JSON.
function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
