import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Product, startProduct } from '../../test/product.ts'
import { compose, senderOf } from './compose.ts'

type Received = { to: string[]; from: string; text: string }

let product: Product
let mailServer: SMTPServer
const received: Received[] = []
let refusals = 0

beforeAll(async () => {
  mailServer = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      let text = ''
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8')
      })
      stream.on('end', () => {
        if (refusals > 0) {
          refusals -= 1
          done(Object.assign(new Error('try later'), { responseCode: 451 }))
          return
        }
        const { mailFrom, rcptTo } = session.envelope
        const from = mailFrom === false ? '' : (mailFrom?.address ?? '')
        received.push({ from, to: rcptTo.map((each) => each.address), text: text.replaceAll('=\r\n', '') })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => mailServer.listen(0, '127.0.0.1', () => resolve()))
  const { port } = mailServer.server.address() as AddressInfo
  product = await startProduct({ smtpUrl: `smtp://127.0.0.1:${port}?from=desk@harbourpine.example` })
})
afterAll(async () => {
  await product.stop()
  await new Promise<void>((resolve) => mailServer.close(() => resolve()))
})

async function mailTo(address: string): Promise<Received> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(50)) {
    const mail = received.find(({ to }) => to.includes(address))
    if (mail) return mail
  }
  throw new Error(`no mail to ${address} came`)
}

test('with a mail server the link goes by mail and is shown to nobody; a server that says later gets it later', async () => {
  const token = product.server.setupLink?.split('#')[1]
  const { caller } = await product.entering('/v1/setup', {
    token,
    name: 'Olive',
    email: 'olive@harbourpine.example',
    password: 'nine green boats at dawn',
    organization: { name: 'Harbour & Pine' },
  })
  refusals = 1
  const invited = await caller.post('/v1/invitations', {
    realm: 'staff',
    email: 'piet@harbourpine.example',
    message: 'Hello Piet,\nwelcome.',
  })
  expect(invited.status, invited.text).toBe(201)
  expect(invited.body.link).toBeNull()
  const mail = await mailTo('piet@harbourpine.example')
  expect(mail.from).toBe('desk@harbourpine.example')
  expect(mail.to).toEqual(['piet@harbourpine.example'])
  expect(mail.text).toContain('Auto-Submitted: auto-generated')
  expect(mail.text).toContain('Hello Piet')
  const [, found] = /#(zw_invite_\w+)/.exec(mail.text) ?? []
  const { answer } = await product.entering('/v1/acceptances', {
    token: found,
    name: 'Piet',
    password: 'seven tall pines at noon',
  })
  expect(answer.status, answer.text).toBe(201)
  expect(received).toHaveLength(1)
})

test('what waits in the queue is sealed: neither address nor link can be read there', async () => {
  const kept = JSON.stringify(await product.database.asSuperuser('select payload from graphile_worker._private_jobs'))
  expect(kept).not.toContain('harbourpine')
  expect(kept).not.toContain('zw_invite')
})

test('a mail goes to one address, whatever is in its subject', () => {
  const mail = { to: 'ada@example.org', subject: 'Invitation to A\r\nBcc: all@example.org', text: 'x' }
  expect(compose(mail, 'zoneward@dns.example', 'id').subject).toBe('Invitation to A Bcc: all@example.org')
})

test('the sender is of the public host, unless SMTP_URL names one', () => {
  expect(senderOf('https://dns.example', null)).toBe('zoneward@dns.example')
  expect(senderOf('http://127.0.0.1:8080', null)).toBe('zoneward@localhost')
  expect(senderOf('https://dns.example', 'smtp://mail.example?from=desk@agency.example')).toBe('desk@agency.example')
})
