import { domainToASCII } from 'node:url'
import { invalidField } from '../fault.ts'

/** An address as it was written, and the key that it is found by: two addresses that differ by case are one person. */
export type EmailAddress = { email: string; key: string }

const atom = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\u{10ffff}-]+$/u
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * Reads one bare address, without a name or comment, so that nothing in it can begin a header of its own.
 * Throws the fault of the field `email`. Source: RFC 5321, section 4.1.2, dot-strings only; RFC 6531.
 */
export function readEmail(text: string): EmailAddress {
  const email = text.trim().normalize('NFC')
  const at = email.lastIndexOf('@')
  const local = email.slice(0, at)
  const domain = domainToASCII(email.slice(at + 1))
  const fits = at > 0 && Buffer.byteLength(local) <= 64 && Buffer.byteLength(email) <= 254 && domain.length <= 253
  const wellFormed =
    fits && local.split('.').every((part) => atom.test(part)) && domain.split('.').every((part) => label.test(part))
  if (!wellFormed) throw invalidField('email', `"${shown(email)}" is no mail address, such as ada@example.org.`)
  return { email, key: emailKey(email) }
}

/**
 * The key of whatever was typed into a sign-in form: it may be no address at all, and is then found nowhere. An
 * international domain and its ASCII form are one.
 */
export function emailKey(text: string): string {
  const typed = text.trim().normalize('NFC').toLowerCase()
  const start = typed.lastIndexOf('@') + 1
  const domain = start === 0 ? '' : domainToASCII(typed.slice(start))
  return domain === '' ? typed : typed.slice(0, start) + domain
}

function shown(text: string): string {
  return text.replace(/\p{Cc}/gu, '�').slice(0, 100)
}
