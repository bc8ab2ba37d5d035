import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AnswerOf } from '@zoneward/api'
import type { RunningServer } from '../start-server.ts'
import { agency, customers, type Guest, guests, outsider, owner, type PersonaName, providers, zones } from './cast.ts'
import { doorway, type Visitor } from './doorway.ts'
import { foundOutsider } from './found-outsider.ts'

export type Persona = {
  name: PersonaName
  realm: 'staff' | 'client'
  portal: string | null
  email: string
  password: string
  apiKey: string | null
  grants: AnswerOf<'me.read'>['grants']
}
export type Filled = {
  personas: (Persona & { id: string; cookie: string })[]
  zones: { id: string; name: string; provider: string; customer: string | null }[]
  /** Ids of everything by kind and name. */
  ids: Record<'organization' | 'customer' | 'provider' | 'zone', Map<string, string>>
}

type Entered = Visitor & { me: Record<string, unknown>; cookie: string }
const folder = join(import.meta.dirname, '../../examples/zones')

/** Fills an empty instance with the example organization, by the same requests that people make. */
export async function fillExample(server: RunningServer): Promise<Filled> {
  const door = doorway(server)
  const token = server.setupLink?.split('#')[1]
  if (token === undefined) throw new Error('this instance has an organization already')
  const password = newPassword()
  const { name, role_set, contact } = agency
  const organization = { name, role_set }
  const admin = await door.enter('/v1/setup', { token, name: owner.called, email: owner.email, password, organization })
  await admin.send('PATCH', '/v1/organization', { contact })
  const ids = await makePlaces(admin)
  const first = await personaOf(admin, { name: owner.name, email: owner.email, password, hasKey: true })
  const others: Filled['personas'] = []
  for (const guest of guests) others.push(await invite(door, admin, guest, ids))
  const last = await enterOutsider(server, door)
  return {
    ids,
    personas: [first, ...others, last],
    zones: zones.map((zone) => ({ ...zone, id: ids.zone.get(zone.name) ?? '' })),
  }
}

async function makePlaces(admin: Visitor & { me: Record<string, unknown> }): Promise<Filled['ids']> {
  const made = {
    organization: new Map([['', (admin.me['organization'] as { id: string }).id]]),
    customer: new Map<string, string>(),
    provider: new Map<string, string>(),
    zone: new Map<string, string>(),
  }
  for (const name of providers) made.provider.set(name, idOf(await admin.send('POST', '/v1/providers', { name })))
  for (const each of customers) made.customer.set(each.name, idOf(await admin.send('POST', '/v1/customers', each)))
  for (const { name, provider, customer } of zones) {
    const zone = await admin.send('POST', '/v1/zones', {
      name,
      provider_id: made.provider.get(provider),
      customer_id: customer === null ? null : made.customer.get(customer),
      zone_file: readFileSync(join(folder, `${name}.zone`), 'utf8'),
      comment: 'Imported from the old name server',
    })
    made.zone.set(name, idOf(zone))
  }
  return made
}

type Door = ReturnType<typeof doorway>

async function invite(door: Door, admin: Visitor, guest: Guest, ids: Filled['ids']) {
  const { realm, email, customer, called } = guest
  const invitation = await admin.send('POST', '/v1/invitations', {
    realm,
    email,
    customer_id: customer === null ? null : ids.customer.get(customer),
    grants: guest.grants.map(({ role, at }) => ({
      role_id: role,
      scope: { kind: at.kind, id: ids[at.kind].get('name' in at ? at.name : '') },
    })),
  })
  const token = String(invitation['link']).split('#')[1]
  const password = newPassword()
  const entered = await door.enter('/v1/acceptances', { token, name: called, password })
  return personaOf(entered, { ...guest, password })
}

async function enterOutsider(server: RunningServer, door: Door) {
  const password = newPassword()
  await foundOutsider(server.context, { ...outsider, password, organization: 'Elsewhere Hosting' })
  const credentials = { realm: 'staff', email: outsider.email, password }
  const entered = await door.enter('/v1/sessions', credentials)
  return personaOf(entered, { ...outsider, password, hasKey: true })
}

type Known = { name: PersonaName; email: string; password: string; hasKey: boolean }

async function personaOf(entered: Entered, { name, email, password, hasKey }: Known) {
  const key = hasKey ? await entered.send('POST', '/v1/api-keys', { name: 'Example key' }) : null
  const me = (await entered.send('GET', '/v1/me')) as unknown as AnswerOf<'me.read'>
  return {
    id: me.user.id,
    name,
    realm: me.realm,
    portal: me.portal?.slug ?? null,
    email,
    password,
    apiKey: key === null ? null : String(key['token']),
    grants: me.grants,
    cookie: entered.cookie,
  }
}

function idOf(answer: Record<string, unknown>): string {
  return String(answer['id'])
}

/** 120 random bits: every instance has its own. */
function newPassword(): string {
  return randomBytes(15).toString('base64url')
}
