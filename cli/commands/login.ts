import { hostname } from 'node:os'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { Command } from 'commander'
import { call, send } from '../call.ts'
import { forgetConnection, keepConnection, readConnection, serverUrl } from '../connection.ts'
import { plainJson, plainText } from '../plain-text.ts'
import { CommandError } from '../problem.ts'
import type { Session } from '../terminal.ts'

type Options = { email?: string; portal?: string; token?: string; passwordStdin?: boolean; name?: string }

export function addLoginCommands(program: Command, session: Session): void {
  program
    .command('login')
    .description('sign in at a server, and keep an API key for it on this machine')
    .argument('<server>', 'its address, such as https://dns.example.net')
    .option('--email <address>', 'whose account; the password is asked for, and a key is made with it')
    .option('--portal <name>', 'the portal of a client account: the last part of its address')
    .option('--password-stdin', 'read the password from standard input')
    .option('--name <name>', 'how the key is called', `zoneward on ${hostname()}`)
    .option('--token <key>', 'an API key that is there already; "-" reads it from standard input')
    .action((server: string, options: Options) => login(session, server, options))
  program
    .command('logout')
    .description('forget the key on this machine, and revoke it at the server')
    .action(() => logout(session))
  program
    .command('whoami')
    .description('who the key belongs to, and what it may do')
    .action(() => whoAmI(session))
}

async function login(session: Session, server: string, options: Options): Promise<void> {
  const url = serverUrl(server)
  const token =
    options.token === undefined ? await keyByPassword(session, url, options) : await givenKey(session, options)
  const me = await call({ url, token }, 'me.read', {})
  const file = keepConnection(session, { url, token })
  const where = me.organization?.name ?? url
  if (session.json) session.out(`${plainJson({ url, user: me.user, organization: me.organization, file })}\n`)
  else session.out(`${plainText(me.user.name)} at ${plainText(where)}; the key is kept in ${file}.\n`)
}

/** A session is opened to make a key, and closed again: what stays on the machine can be revoked by itself. */
async function keyByPassword(session: Session, url: string, options: Options): Promise<string> {
  if (options.email === undefined)
    throw new CommandError('Say whose account, with --email, or give a key with --token.')
  const password = await readPassword(session, options)
  const realm = options.portal === undefined ? ('staff' as const) : ('client' as const)
  const portal = options.portal === undefined ? {} : { portal: options.portal }
  const answer = await send({ url }, 'sessions.create', { body: { realm, ...portal, email: options.email, password } })
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .join('; ')
  try {
    const body = { name: options.name ?? 'zoneward' }
    return (await call({ url }, 'api_keys.create', { body }, { cookie })).token
  } finally {
    await call({ url }, 'sessions.delete', {}, { cookie })
  }
}

async function givenKey(session: Session, { token = '' }: Options): Promise<string> {
  const key = token === '-' ? await firstLine(session) : token
  if (key.startsWith('zw_key_')) return key
  throw new CommandError('This is no API key: they begin with zw_key_.')
}

async function readPassword(session: Session, { passwordStdin }: Options): Promise<string> {
  if (passwordStdin || !session.stdin.isTTY) return firstLine(session)
  session.err('Password: ')
  // The terminal would show what is typed: readline is given nowhere to show it.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: session.stdin, output: nowhere, terminal: true })
  try {
    return await lines.question('')
  } finally {
    lines.close()
    session.err('\n')
  }
}

async function firstLine({ stdin }: Session): Promise<string> {
  const lines = createInterface({ input: stdin })
  for await (const line of lines) return line
  throw new CommandError('Nothing came in on standard input.')
}

async function logout(session: Session): Promise<void> {
  const connection = readConnection(session)
  const { items } = await call(connection, 'api_keys.list', { query: { limit: 1000 } })
  const own = items.filter((key) => connection.token.startsWith(key.hint.replace(/…$/, '')))
  const [key] = own
  // The server shows the beginning of a key only: with two alike, neither is revoked by guess.
  const revoked = key !== undefined && own.length === 1
  if (revoked) await call(connection, 'api_keys.delete', { params: { api_key_id: key.id } })
  forgetConnection(session)
  if (session.json) session.out(`${plainJson({ forgotten: true, revoked })}\n`)
  else
    session.out(revoked ? 'The key is revoked and forgotten.\n' : 'The key is forgotten; revoke it in the console.\n')
}

async function whoAmI(session: Session): Promise<void> {
  const connection = readConnection(session)
  const me = await call(connection, 'me.read', {})
  if (session.json) {
    session.out(`${plainJson(me)}\n`)
    return
  }
  const grants = me.grants.map(
    ({ role, scope, via }) => `  ${role} on the ${scope.kind} ${scope.name}${via ? `, by ${via}` : ''}`,
  )
  session.out(
    [`${me.user.name} at ${me.organization?.name ?? connection.url}`, ...grants, ''].map(plainText).join('\n'),
  )
}
