const NOT_ASCII = /[\u0080-\uffff]/
const OTHER_DOTS = /[\u3002\uff0e\uff61]/g

/** Turns one label with characters beyond ASCII into its `xn--` form; an empty answer means that it cannot be. */
export type ToAscii = (label: string) => string

/**
 * A name as people type it, with its international labels in their `xn--` form (IDNA, RFC 5890); labels of ASCII stay
 * as they are, escapes and all. The text is not yet a normal name: give it to `parseName`.
 *
 * @example toAsciiName('bücher.example.')
 * // { text: 'xn--bcher-kva.example.' }
 */
export function toAsciiName(text: string, toAscii: ToAscii = urlToAscii): { text: string } | { error: string } {
  if (!NOT_ASCII.test(text)) return { text }
  const labels: string[] = []
  for (const label of text.replace(OTHER_DOTS, '.').split('.')) {
    const ascii = NOT_ASCII.test(label) ? toAscii(label) : label
    if (ascii === '' && label !== '') return { error: `"${label}" cannot be part of an internationalized name` }
    labels.push(ascii)
  }
  return { text: labels.join('.') }
}

// The URL parser is the one implementation of IDNA that browsers and Node share. It reads names of digits as
// addresses, so the label stands before a top-level domain that is never a number.
function urlToAscii(label: string): string {
  if (!/^[\u0080-\uffffA-Za-z0-9_-]+$/.test(label)) return ''
  try {
    const host = new URL(`http://${label}.invalid`).hostname
    const ascii = host.slice(0, -'.invalid'.length)
    return NOT_ASCII.test(ascii) || ascii.includes('.') ? '' : ascii
  } catch {
    return ''
  }
}
