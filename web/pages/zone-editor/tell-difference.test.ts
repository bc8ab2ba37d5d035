import { expect, test } from 'vitest'
import { type Line, tellDifference, tellDuration } from './tell-difference.ts'

/** "- example.com 300 MX 10 mail." */
function lines(...texts: string[]): Line[] {
  return texts.map((text) => {
    const [sign, name = '', ttl, type = '', ...data] = text.split(' ')
    return { sign: sign === '+' ? '+' : '-', name, ttl: Number(ttl), type, data: data.join(' ') }
  })
}
const none = () => []

test.each([
  [
    ['+ example.com 60 MX 20 b.example.net.', '+ example.com 60 MX 10 a.example.net.'],
    'Mail for example.com will go to a.example.net, then to b.example.net.',
  ],
  [['+ example.com 60 MX 0 .'], 'example.com will take no mail.'],
  [['- example.com 60 MX 10 a.'], 'example.com will no longer say where its mail goes.'],
  [
    ['- www.example.com 60 A 192.0.2.1', '+ www.example.com 60 A 192.0.2.2'],
    'www.example.com will lead to 192.0.2.2 (IPv4).',
  ],
  [['- www.example.com 60 AAAA 2001:db8::1'], 'www.example.com will no longer lead to an IPv6 address.'],
  [['+ shop.example.com 60 CNAME shops.example.net.'], 'shop.example.com will be another name for shops.example.net.'],
  [
    ['- a.example.com 300 A 192.0.2.1', '+ a.example.com 3600 A 192.0.2.1'],
    'Answers for a.example.com (A) may be remembered for 1 hour, until now 5 minutes.',
  ],
  [
    ['- example.com 60 TXT "v=spf1 -all"', '+ example.com 60 TXT "v=spf1 mx -all"'],
    'Who may send mail as example.com (SPF) changes: v=spf1 mx -all.',
  ],
  [
    ['+ _dmarc.example.com 60 TXT "v=DMARC1; p=reject"'],
    'What happens to forged mail from example.com (DMARC) is added: v=DMARC1; p=reject.',
  ],
  [
    ['- k._domainkey.example.com 60 TXT "v=DKIM1; p=A"'],
    'A key that signs mail, k._domainkey.example.com (DKIM), is removed.',
  ],
  [
    ['+ example.com 60 TXT "x-site-verification=1"'],
    'A proof of who owns example.com is added: x-site-verification=1.',
  ],
  [['+ example.com 60 CAA 0 issue "ca.example.net"'], 'Certificates for example.com are limited to: ca.example.net.'],
  [
    ['+ _sip._tcp.example.com 60 SRV 0 5 5060 sip.example.com.'],
    'The service _sip._tcp.example.com will be found at sip.example.com, port 5060.',
  ],
  [
    ['+ sub.example.com 60 NS ns1.example.net.'],
    'Questions about sub.example.com will be answered by ns1.example.net.',
  ],
  [['+ x.example.com 60 TYPE999 \\# 0'], 'TYPE999 for x.example.com is added: \\# 0.'],
])('%j', (texts, sentence) => {
  expect(tellDifference(lines(...texts), none)).toEqual([sentence])
})

test('what stays is told with what comes', () => {
  const standing = (name: string, type: string) => (name === 'example.com' && type === 'MX' ? ['10 a.', '20 b.'] : [])
  expect(tellDifference(lines('- example.com 60 MX 10 a.', '+ example.com 60 MX 30 c.'), standing)).toEqual([
    'Mail for example.com will go to b, then to c.',
  ])
})

test('a serial that moves by itself is not told, other changes of the SOA are', () => {
  const soa = (serial: number, refresh: number) => `example.com 60 SOA ns. host. ${serial} ${refresh} 2 3 4`
  expect(tellDifference(lines(`- ${soa(1, 9)}`, `+ ${soa(2, 9)}`), none)).toEqual([])
  expect(tellDifference(lines(`- ${soa(1, 9)}`, `+ ${soa(2, 8)}`), none)).toEqual([
    'How the zone example.com is kept (SOA) changes.',
  ])
})

test('times are told in their two largest units', () => {
  expect([0, 1, 3600, 5400, 90_061, 604_800].map(tellDuration)).toEqual([
    'no time',
    '1 second',
    '1 hour',
    '1 hour 30 minutes',
    '1 day 1 hour',
    '1 week',
  ])
})
