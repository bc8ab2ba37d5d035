/** What a password must not be made of. */
export type Known = { email: string; organization?: string | null }

const shortest = 15

// Long, and still among the first that are tried.
const common = new Set(
  [
    'correct horse battery staple',
    'password password',
    'administrator password',
    'change me please',
    'this is a password',
    'this is my password',
    'let me in let me in',
    'i love you forever',
    'welcome to the jungle',
    'my very long password',
  ].map(plain),
)
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  '1234567890qwertyuiop',
]

/**
 * Why a password is refused, as a sentence, or null. Length is what counts (NIST SP 800-63B): no rule about digits or
 * capitals, but none of the few long ones that everybody tries.
 * @example passwordFault('short', { email: 'ada@example.org' }) // 'A password has at least 15 characters: …'
 */
export function passwordFault(password: string, { email, organization }: Known): string | null {
  const length = [...password.normalize('NFKC')].length
  if (length < shortest) return `A password has at least ${shortest} characters: several words make a good one.`
  const text = plain(password)
  const [local = '', domain = ''] = email.split('@')
  for (const part of [email, local, domain].map(plain)) {
    if (isMadeOf(text, part)) return 'The password is your address again: choose one that has nothing to do with it.'
  }
  if (organization && isMadeOf(text, plain(organization))) {
    return 'The password is the organization’s name again: choose one that has nothing to do with it.'
  }
  if (common.has(text) || isMadeOf(text, 'password')) return 'This password is one of the first that are tried.'
  if (new Set(text).size < 5 || isRepetition(text)) return 'The password repeats the same few characters.'
  if (rows.some((row) => isRun(text, row))) return 'The password is a row of neighbouring keys, digits or letters.'
  return null
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

// Nothing but the word, again and again, with at most a few characters more.
function isMadeOf(text: string, word: string): boolean {
  return word.length >= 4 && text.replaceAll(word, '').length <= 4 && text.includes(word)
}

function isRepetition(text: string): boolean {
  for (let size = 1; size <= 5; size++) {
    const unit = text.slice(0, size)
    if (unit.repeat(Math.ceil(text.length / size)).startsWith(text)) return true
  }
  return false
}

function isRun(text: string, row: string): boolean {
  const twice = row + row
  return twice.includes(text) || [...twice].reverse().join('').includes(text)
}
