import { expect, test } from 'vitest'
import { emailKey, readEmail } from './email-address.ts'

test('one mailbox has one key, however its address is written', () => {
  const same = [
    ['Ada@Example.org', ' ada@example.org ', 'ada@EXAMPLE.ORG', 'ada@ｅxample.org'],
    ['ada@bücher.example', 'ADA@BU\u0308CHER.example', 'ada@xn--bcher-kva.example'],
  ]
  for (const addresses of same) expect(new Set(addresses.map((address) => readEmail(address).key)).size).toBe(1)
})

test('two mailboxes have two keys', () => {
  const keys = ['ada@example.org', 'ada+1@example.org', 'ada@example.net', 'äda@example.org'].map(emailKey)
  expect(new Set(keys).size).toBe(4)
})

test('what is no address has a key too, under which nobody is found', () => {
  for (const text of ['', '@', 'ada', 'ada@', '@example.org', 'a@b:c', 'a@ b']) expect(emailKey(text)).toBe(text)
})
