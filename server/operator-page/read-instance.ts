import type { AnswerOf } from '@zoneward/api'
import { notFound } from '../fault.ts'
import type { AccountRequest } from '../http/account-request.ts'
import { readCounts, readSignUp, writeSignUp } from './store.ts'

type Instance = AnswerOf<'operator.read'>

/** How this instance is set up, and how much is in it. */
export async function readInstance(request: AccountRequest<'operator.read' | 'operator.update'>): Promise<Instance> {
  const { context, person } = request
  const { config, database } = context
  const counts = await readCounts(database.staff.kysely, person)
  if (counts === null) throw notFound()
  return {
    version: context.version,
    database: { version: printVersion(database.serverVersion), embedded: config.databaseUrl === null },
    public_url: context.publicOrigin,
    dns_port: context.dnsPort,
    trusted_proxies: [...config.trustedProxies],
    mail: { sends: !context.mailer.showsLinks },
    sign_up: await readSignUp(database.staff.kysely),
    counts: {
      organizations: Number(counts.organizations),
      zones: Number(counts.zones),
      records: Number(counts.records),
      accounts: Number(counts.accounts),
      client_users: Number(counts.client_users),
    },
  }
}

/** No organization's log says so; the log of the process does. */
export async function changeInstance(request: AccountRequest<'operator.update'>): Promise<Instance> {
  const { context, person, body, address } = request
  if (body.sign_up !== undefined) {
    await writeSignUp(context.database.staff.kysely, person, body.sign_up)
    context.log.info({ operator: person.accountId, address, signUp: body.sign_up }, 'the operator changed a setting')
  }
  return readInstance(request)
}

/** `180004` is 18.4. */
function printVersion(number: number): string {
  return `${Math.floor(number / 10_000)}.${number % 10_000}`
}
