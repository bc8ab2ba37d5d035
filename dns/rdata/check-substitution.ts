import { stringEnd } from './kinds/text-strings.ts'

/**
 * What is wrong with the substitution of a NAPTR record (RFC 3402 §3.2): nothing, or `!pattern!replacement!` with an
 * `i` after it. BIND refuses a whole zone for one that is malformed.
 */
export function checkSubstitution(rdata: Uint8Array): string | undefined {
  const services = stringEnd(rdata, 4, rdata.length)
  const at = stringEnd(rdata, services, rdata.length)
  const text = String.fromCharCode(...rdata.subarray(at + 1, stringEnd(rdata, at, rdata.length)))
  if (text === '') return undefined
  const [before, pattern = '', replacement = '', flags, ...more] = splitAt(text, text.charAt(0))
  const isWhole = before === '' && flags !== undefined && more.length === 0 && pattern !== '' && /^i?$/i.test(flags)
  if (/^[0-9\\i\0]/i.test(text) || !isWhole) return 'the regexp is written as !pattern!replacement! or is empty'
  const groups = pattern.replace(/\\[\s\S]/g, '').split('(').length - 1
  const used = [...replacement.matchAll(/\\([\s\S])/g)].map(([, digit]) => Number(digit))
  const missing = used.find((group) => group > groups || group === 0)
  return missing === undefined ? undefined : `the regexp uses \\${missing}, but has ${groups} groups in parentheses`
}

function splitAt(text: string, delimiter: string): string[] {
  const parts = ['']
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i)
    if (char === delimiter) parts.push('')
    else parts[parts.length - 1] += char === '\\' ? char + text.charAt(++i) : char
  }
  return parts
}
