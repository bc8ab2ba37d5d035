import { expect, test } from 'vitest'
import { readEmail } from './email-address.ts'
import { hashPassword, verifyPassword } from './hash-password.ts'
import { passwordFault } from './password-rule.ts'

const known = { email: 'ada.lovelace@harbourpine.example', organization: 'Harbour & Pine' }

test('several words make a good password, in any script', () => {
  for (const good of [
    'nine green boats at dawn',
    `${'Ä'.repeat(3)}bcdefghij klmn`,
    '我喜欢在清晨的海边安静地散步看日出',
  ]) {
    expect(passwordFault(good, known), good).toBeNull()
  }
})

test('what is short, repeated, a row of keys, well known, or the account itself is refused with the reason', () => {
  const refused: [string, RegExp][] = [
    ['fourteen chars', /at least 15/],
    ['aaaaaaaaaaaaaaaaaaaa', /repeats/],
    ['abcabcabcabcabcabc', /repeats/],
    ['abcdefghijklmnopq', /row of/],
    ['987654321098765432', /row of/],
    ['qwertyuiopasdfghj', /row of/],
    ['ada.lovelace@harbourpine.example', /address again/],
    ['AdaLovelaceAdaLovelace', /address again/],
    ['Harbour Pine Harbour Pine', /name again/],
    ['PasswordPassword12', /first that are tried/],
    ['correct horse battery staple', /first that are tried/],
  ]
  for (const [password, why] of refused) expect(passwordFault(password, known), password).toMatch(why)
})

test('a hash is of one password only, with a salt of its own, and no hash is no password', async () => {
  const hash = await hashPassword('nine green boats at dawn')
  expect(await verifyPassword('nine green boats at dawn', hash)).toBe(true)
  expect(await verifyPassword('nine green boats at dusk', hash)).toBe(false)
  expect(await hashPassword('nine green boats at dawn')).not.toBe(hash)
  expect(await verifyPassword('', null)).toBe(false)
  expect(await verifyPassword('nine green boats at dawn', '$argon2id$broken')).toBe(false)
})

test('addresses are one bare address; nothing that could begin a header or a list is let through', () => {
  expect(readEmail('  Ada@Example.ORG ')).toEqual({ email: 'Ada@Example.ORG', key: 'ada@example.org' })
  expect(readEmail('jürgen@bäckerei.example').key).toBe('jürgen@xn--bckerei-5wa.example')
  const wrong = [
    'ada',
    '@example.org',
    'ada@',
    'ada@example..org',
    'ada@-x.example',
    'a b@example.org',
    'ada@example.org\r\nBcc: all@example.org',
    'ada@example.org, eve@example.org',
    'Ada <ada@example.org>',
    '"ada"@example.org',
    `${'a'.repeat(65)}@example.org`,
    'ada.@example.org',
    'ada@[192.0.2.1]',
  ]
  for (const text of wrong) expect(() => readEmail(text), text).toThrow(/no mail address/)
})
