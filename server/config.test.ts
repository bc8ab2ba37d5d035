import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Config, type Environment, readConfig } from './config.ts'

const here = import.meta.filename

describe('the environment', () => {
  test('gives a server on loopback with everything in ./data when nothing is set', () => {
    expect(readConfig({})).toEqual({
      config: {
        dataFolder: resolve('./data'),
        host: '127.0.0.1',
        port: 8080,
        dnsPort: 5300,
        url: null,
        tls: null,
        trustedProxies: [],
        secretFile: resolve('./data/secret'),
        databaseUrl: null,
        smtpUrl: null,
      },
    })
  })

  const good: [string, Environment, Partial<Config>][] = [
    ['an empty variable is an unset one', { ZONEWARD_PORT: '', ZONEWARD_URL: ' ' }, { port: 8080, url: null }],
    ['port 0 lets the system choose', { ZONEWARD_PORT: '0', ZONEWARD_DNS_PORT: '0' }, { port: 0, dnsPort: 0 }],
    ['the secret lies in the data folder', { ZONEWARD_DATA: '/srv/zw' }, { secretFile: '/srv/zw/secret' }],
    ['or where it is said to', { ZONEWARD_SECRET_FILE: '/run/key' }, { secretFile: '/run/key' }],
    ['the origin loses its final slash', { ZONEWARD_URL: 'https://DNS.example/' }, { url: 'https://dns.example' }],
    [
      'the default port of an origin is left out',
      { ZONEWARD_URL: 'https://a.example:443' },
      { url: 'https://a.example' },
    ],
    ['IPv6 in brackets', { ZONEWARD_HOST: '[::1]' }, { host: '::1' }],
    [
      'proxies by comma or space',
      { ZONEWARD_TRUSTED_PROXIES: '10.0.0.0/8, ::1' },
      { trustedProxies: ['10.0.0.0/8', '::1'] },
    ],
    ['TLS files', { ZONEWARD_TLS_CERT: here, ZONEWARD_TLS_KEY: here }, { tls: { certFile: here, keyFile: here } }],
    ['a database', { DATABASE_URL: 'postgres://u:p@h/db' }, { databaseUrl: 'postgres://u:p@h/db' }],
    [
      'a database behind a socket',
      { DATABASE_URL: 'postgres://u:p@/db?host=/s' },
      { databaseUrl: 'postgres://u:p@/db?host=/s' },
    ],
    ['a mail server', { SMTP_URL: 'smtps://u:p@h:465' }, { smtpUrl: 'smtps://u:p@h:465' }],
  ]
  test.each(good)('%s', (_, env, expected) => {
    expect(readConfig(env)).toMatchObject({ config: expected })
  })

  const bad: [Environment, string][] = [
    [{ ZONEWARD_PORT: '80a' }, 'ZONEWARD_PORT is "80a": expected a port from 0 to 65535'],
    [{ ZONEWARD_PORT: '65536' }, 'ZONEWARD_PORT is "65536": expected a port from 0 to 65535'],
    [{ ZONEWARD_DNS_PORT: '-1' }, 'ZONEWARD_DNS_PORT is "-1": expected a port from 0 to 65535'],
    [{ ZONEWARD_HOST: 'a b' }, 'ZONEWARD_HOST is "a b": expected an address or a host name, such as 127.0.0.1 or ::'],
    [{ ZONEWARD_URL: 'dns.example' }, 'ZONEWARD_URL is "dns.example": expected an origin such as https://dns.example'],
    [
      { ZONEWARD_URL: 'https://dns.example/app' },
      'ZONEWARD_URL is "https://dns.example/app": expected an origin without a path, such as https://dns.example',
    ],
    [
      { ZONEWARD_URL: 'https://u:p@a.example' },
      'ZONEWARD_URL is "https://u:p@a.example": the public address has no user and no password',
    ],
    [
      { ZONEWARD_TRUSTED_PROXIES: '10.0.0.0/33' },
      'ZONEWARD_TRUSTED_PROXIES is "10.0.0.0/33": "10.0.0.0/33" is not an address or a network',
    ],
    [
      { ZONEWARD_TRUSTED_PROXIES: 'proxy' },
      'ZONEWARD_TRUSTED_PROXIES is "proxy": "proxy" is not an address or a network',
    ],
    [{ ZONEWARD_TLS_CERT: here }, 'ZONEWARD_TLS_KEY is not set, but ZONEWARD_TLS_CERT is: TLS needs both files'],
    [{ ZONEWARD_TLS_KEY: here }, 'ZONEWARD_TLS_CERT is not set, but ZONEWARD_TLS_KEY is: TLS needs both files'],
    [
      { ZONEWARD_TLS_CERT: '/no/file' },
      'ZONEWARD_TLS_CERT is "/no/file": there is no file here that this user may read',
    ],
    [
      { DATABASE_URL: 'mysql://u:secret@h' },
      'DATABASE_URL is wrong: expected an address that begins with postgres:// or postgresql://',
    ],
    [{ SMTP_URL: 'smtp://' }, 'SMTP_URL is wrong: it names no mail server, such as smtp://mail.example:587'],
    [{ SMTP_URL: 'mail.example' }, 'SMTP_URL is wrong: expected an address that begins with smtp:// or smtps://'],
  ]
  test.each(bad)('%j is refused in one line', (env, error) => {
    expect(readConfig(env)).toEqual({ error })
  })
})
