import type { AnswerOf } from '@zoneward/api'
import { notFound } from '../fault.ts'
import type { AccountRequest } from '../http/account-request.ts'
import { readCounts } from './store.ts'

type Instance = AnswerOf<'operator.read'>

/** How this instance is set up, and how much is in it. */
export async function readInstance(request: AccountRequest<'operator.read'>): Promise<Instance> {
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
    counts: {
      organizations: Number(counts.organizations),
      zones: Number(counts.zones),
      records: Number(counts.records),
      accounts: Number(counts.accounts),
      client_users: Number(counts.client_users),
    },
  }
}

/** `180004` is 18.4. */
function printVersion(number: number): string {
  return `${Math.floor(number / 10_000)}.${number % 10_000}`
}
