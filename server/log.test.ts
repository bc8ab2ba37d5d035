import { expect, test } from 'vitest'
import { blankSecrets, createLog } from './log.ts'

function logged(facts: object, text = 'x'): string {
  let lines = ''
  const log = createLog({
    destination: {
      write: (line) => {
        lines += line
      },
    },
  })
  log.info(facts, text)
  return lines
}

test.each([
  [{ password: 'hunter2' }],
  [{ body: { password: 'hunter2' } }],
  [{ request: { headers: { authorization: 'hunter2' } } }],
  [{ request: { headers: { cookie: 'a=hunter2' } } }],
  [{ answer: { headers: { 'set-cookie': ['a=hunter2'] } } }],
  [{ key: { token: 'hunter2' } }],
  [{ config: { smtpUrl: 'hunter2' } }],
  [{ err: new Error('connect postgres://zw:hunter2@db.example/zw failed') }],
  [{ note: 'Authorization: Bearer hunter2' }],
])('no secret of %j comes into the log', (facts) => {
  const line = logged(facts)
  expect(line).not.toContain('hunter2')
  expect(line).toContain('[hidden]')
  expect(() => JSON.parse(line)).not.toThrow()
})

test.each([
  ['zw_key_0123456789abcdefABCDEF made', 'zw_key_[hidden] made'],
  ['smtp://mail.example:25 answered', 'smtp://mail.example:25 answered'],
  ['https://dns.example/zones?at=a@b', 'https://dns.example/zones?at=a@b'],
])('%j is logged as %j', (text, expected) => {
  expect(blankSecrets(text)).toBe(expected)
  expect(JSON.parse(logged({}, text))).toMatchObject({ msg: expected, level: 'info' })
})
