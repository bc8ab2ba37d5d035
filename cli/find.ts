import { domainToASCII } from 'node:url'
import type { ItemOf } from '@zoneward/api/types'
import { call, everyItem } from './call.ts'
import type { Connection } from './connection.ts'
import { CommandError } from './problem.ts'

/** A zone by its name or id. */
export async function findZone(connection: Connection, text: string): Promise<ItemOf<'zones.list'>> {
  const bare = text === '.' ? text : text.replace(/\.$/, '').toLowerCase()
  const wanted = (/[^ -~]/.test(bare) && domainToASCII(bare)) || bare
  const query = isId(text) ? {} : { q: wanted }
  for await (const zone of everyItem(connection, 'zones.list', { query })) {
    if (zone.id === wanted || zone.name.toLowerCase() === wanted) return zone
  }
  throw new CommandError(`There is no zone "${text}" that you can see.`)
}

export async function findCustomer(connection: Connection, text: string) {
  return findNamed(everyItem(connection, 'customers.list', {}), 'customer', text)
}

export async function findProvider(connection: Connection, text: string) {
  return findNamed(everyItem(connection, 'providers.list', {}), 'provider', text)
}

/** The only provider there is, where none is named. */
export async function chooseProvider(connection: Connection, text: string | undefined) {
  if (text !== undefined) return findProvider(connection, text)
  const all = await Array.fromAsync(everyItem(connection, 'providers.list', {}))
  const [only] = all
  if (only && all.length === 1) return only
  if (!only) throw new CommandError('There is no provider that you can see: add one in the console first.')
  throw new CommandError(`Say at which provider, with --provider: ${all.map((each) => each.name).join(', ')}.`)
}

/** `zone:NAME`, `customer:NAME`, `provider:NAME`, `hosting:NAME` or `organization`; a bare name is a zone. */
export async function findScope(connection: Connection, text: string, organizationId: () => Promise<string>) {
  const [, kind, name = ''] = /^(zone|customer|provider|hosting):(.+)$/.exec(text) ?? [null, 'zone', text]
  if (text === 'organization') return { kind: 'organization' as const, id: await organizationId() }
  if (kind === 'customer') return { kind: 'customer' as const, id: (await findCustomer(connection, name)).id }
  if (kind === 'provider') return { kind: 'provider' as const, id: (await findProvider(connection, name)).id }
  if (kind === 'hosting') {
    return {
      kind: 'hosting' as const,
      id: (await findNamed(everyItem(connection, 'hostings.list', {}), 'hosting', name)).id,
    }
  }
  return { kind: 'zone' as const, id: (await findZone(connection, name)).id }
}

/** A person by mail address, name or id, among staff and client accounts that the caller may see. */
export async function findPerson(connection: Connection, text: string): Promise<string> {
  if (isId(text)) return text
  const wanted = text.toLowerCase()
  const found = new Set<string>()
  for (const list of ['members.list', 'client_users.list'] as const) {
    try {
      for await (const person of everyItem(connection, list, { query: { q: text } })) {
        if (person.email.toLowerCase() === wanted || person.name.toLowerCase() === wanted) found.add(person.id)
      }
    } catch (error) {
      // Whoever may see one of the two lists only is answered from that one.
      if (!(error instanceof CommandError) || error.problem?.code !== 'forbidden') throw error
    }
  }
  const [only] = found
  if (only !== undefined && found.size === 1) return only
  const why =
    found.size === 0 ? `There is nobody "${text}" that you can see.` : `Several people are "${text}": use an id.`
  throw new CommandError(why)
}

/** Whoever can hold a grant: `team:NAME`, `service:NAME`, or a person as above. */
export async function findSubject(connection: Connection, text: string): Promise<string> {
  const [, kind, name = ''] = /^(team|service):(.+)$/.exec(text) ?? []
  if (kind === 'team') return (await findNamed(everyItem(connection, 'teams.list', {}), 'team', name)).id
  if (kind === 'service') {
    return (await findNamed(everyItem(connection, 'service_accounts.list', {}), 'service account', name)).id
  }
  return findPerson(connection, text)
}

/** A role by its id, or by its name among those granted at this kind of place: the organization's own set comes first. */
export async function findRole(connection: Connection, text: string, scopeKind?: string) {
  const { items } = await call(connection, 'roles.list', {})
  const byId = items.find((role) => role.id === text)
  if (byId) return byId
  const named = items.filter(
    (role) =>
      role.name.toLowerCase() === text.toLowerCase() && (scopeKind === undefined || role.scope_kind === scopeKind),
  )
  const [first, second] = named
  if (first && (!second || (first.primary && !second.primary))) return first
  const ids = named.map((role) => role.id).join(', ')
  throw new CommandError(
    named.length > 1
      ? `Several roles are called "${text}": use one of ${ids}.`
      : `There is no role "${text}" for this place.`,
  )
}

async function findNamed<Item extends { id: string; name: string }>(
  items: AsyncIterable<Item>,
  kind: string,
  text: string,
): Promise<Item> {
  for await (const item of items) if (item.id === text || item.name.toLowerCase() === text.toLowerCase()) return item
  throw new CommandError(`There is no ${kind} "${text}" that you can see.`)
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}
