import { digits } from '../rdata/kinds/numbers.ts'

export type GenerateRange = { start: number; stop: number; step: number }

/** Reads `start-stop` or `start-stop/step` of BIND's $GENERATE; undefined when it is none. */
export function readRange(text: string): GenerateRange | undefined {
  const [, from = '', to = '', by = '1'] = /^(\d+)-(\d+)(?:\/(\d+))?$/.exec(text) ?? []
  const range = { start: digits(from), stop: digits(to), step: digits(by) }
  return range.start < 0 || range.stop < range.start || range.step < 1 ? undefined : range
}

/**
 * A template of $GENERATE with `$` put in: `$` is the number, `${offset,width,base}` shifts it, pads it with zeros and
 * writes it in base d, o, x, X, or as nibbles n, N; `$$` and `\$` are a dollar. Undefined for a template that is none.
 *
 * @example expandTemplate('host-${0,3}', 7)
 * // 'host-007'
 */
export function expandTemplate(template: string, value: number): string | undefined {
  let broken = false
  const text = template.replace(/\\[\s\S]|\$\$|\$\{([^}]*)\}|\$/g, (found: string, format: string | undefined) => {
    if (found.startsWith('\\')) return found
    if (found === '$$') return '\\$'
    if (found === '$') return String(value)
    const number = formatNumber(format ?? '', value)
    if (number === undefined) broken = true
    return number ?? ''
  })
  return broken || /\$\{[^}]*$/.test(template) ? undefined : text
}

function formatNumber(format: string, value: number): string | undefined {
  const [, offset, width = '0', base = 'd'] = /^([+-]?\d{1,10})(?:,(\d{1,3})(?:,([doxXnN]))?)?$/.exec(format) ?? []
  const number = value + Number(offset)
  if (offset === undefined || Number(width) > 255 || number < 0 || number > 0xffffffff) return undefined
  const radix = base === 'd' ? 10 : base === 'o' ? 8 : 16
  const plain = number.toString(radix)
  if (base === 'n' || base === 'N') return nibbles(plain, Number(width), base === 'N')
  const padded = plain.padStart(Number(width), '0')
  return base === 'X' ? padded.toUpperCase() : padded
}

// Hexadecimal digits from the last on, a dot after each while the width, which counts the dots, is not used up.
function nibbles(hex: string, width: number, upper: boolean): string {
  const digitCount = Math.max(hex.length, Math.ceil(width / 2))
  const parts = [...hex.padStart(digitCount, '0')].reverse()
  const text = parts.join('.') + (width > 0 && width % 2 === 0 && digitCount * 2 === width ? '.' : '')
  return upper ? text.toUpperCase() : text
}
