import { sortKey } from '@zoneward/dns'
import type { Caller, Product } from '../../../test/product.ts'
import { cookieName } from '../../http/cookies.ts'
import { hashToken, newToken } from '../../http/tokens.ts'
import { newId } from '../../ids.ts'

/** An agency with two customers and an organization beside it, laid down in the database, each person signed in. */
export type Agency = {
  org: string
  customers: Record<'bakery' | 'clinic', string>
  providers: Record<'own' | 'lab', string>
  zones: Record<keyof typeof zoneNames, string>
  ids: Record<Persona, string>
  as: Record<Persona, Caller>
  /** A key of this person, bounded by nothing but its owner. */
  keyOf(who: Persona): Promise<Caller>
  /** Lays a grant down past every check. */
  grant(who: Persona, role: string, place: Place): Promise<string>
}

const personas = {
  owner: ['staff', 'Olga Owner'],
  admin: ['staff', 'Adam Admin'],
  member: ['staff', 'Mia Member'],
  outsider: ['staff', 'Otto Outsider'],
  bakeryAdmin: ['bakery', 'Bella Baker'],
  bakeryDeveloper: ['bakery', 'Dora Developer'],
  bakeryViewer: ['bakery', 'Vera Viewer'],
  clinicAdmin: ['clinic', 'Carl Clinic'],
  clinicViewer: ['clinic', 'Clara Clinic'],
  zoneUser: ['portal', 'Zoe Zone'],
  monitoringClient: ['portal', 'Peter Provider'],
} as const
export type Persona = keyof typeof personas
export type Place = { kind: 'organization' | 'customer' | 'provider' | 'zone'; id: string }

const zoneNames = {
  bakery: ['bakery.example.', 'own', 'bakery'],
  orders: ['orders.bakery.example.', 'lab', 'bakery'],
  clinic: ['clinic.example.', 'lab', 'clinic'],
  agency: ['harbourpine.example.', 'own', null],
} as const

type Rows = Record<string, Record<string, unknown>[]>

/** Ids of everything, made before anything is laid down. */
function planAgency() {
  const org_id = newId()
  const mark = org_id.slice(-6)
  return {
    ...{ org_id, elsewhere: newId(), mark },
    customers: { bakery: newId(), clinic: newId() },
    providers: { own: newId(), lab: newId() },
    portals: { bakery: newId(), clinic: newId(), portal: newId() },
    zones: { bakery: newId(), orders: newId(), clinic: newId(), agency: newId() },
    people: Object.entries(personas).map(([who, [home, name]]) => layDownPerson({ who, home, name, mark })),
  }
}
type Plan = ReturnType<typeof planAgency>

export async function layDownAgency(product: Product, roleSet = 'msp'): Promise<Agency> {
  const plan = planAgency()
  const { org_id, elsewhere, people, customers, providers, zones } = plan
  const orgOf = (who: string) => (who === 'outsider' ? elsewhere : org_id)
  const ids = Object.fromEntries(people.map(({ who, id }) => [who, id])) as Agency['ids']
  const grantRow = (who: Persona, role_id: string, { kind, id }: Place) => ({
    ...{ org_id: orgOf(who), id: newId(), subject_id: ids[who], role_id },
    ...(kind === 'organization' ? {} : { [`${kind}_id`]: id }),
  })
  const sql = product.database.asSuperuser
  const access_grant = castOf(plan).map(([who, role, place]) => grantRow(who, role, place))
  await insert(sql, { ...placesOf(plan, roleSet), ...peopleOf(plan, orgOf), access_grant })
  const { instanceId } = product.server.context
  const as = people.map(({ who, realm, token }) => [
    who,
    product.withCookie(`${cookieName(realm, instanceId)}=${token}`),
  ])
  return {
    ...{ org: org_id, customers, providers, zones, ids },
    as: Object.fromEntries(as) as Agency['as'],
    keyOf: async (who) => {
      const token = newToken('key')
      const row = { org_id: orgOf(who), id: newId(), owner_id: ids[who], name: `key of ${who}`, hint: '', ceiling: {} }
      await insert(sql, { api_key: [{ ...row, token_hash: bytes(hashToken('key', token)) }] })
      return product.withKey(token)
    },
    grant: async (who, role, place) => {
      const row = grantRow(who, role, place)
      await insert(sql, { access_grant: [row] })
      // Past every check, but not past the revision that tells servers that access moved.
      await sql('update organization set access_revision = access_revision + 1 where id = $1', [orgOf(who)])
      return row.id
    },
  }
}

function castOf({ org_id, customers, providers }: Plan): [Persona, string, Place][] {
  const everywhere: Place = { kind: 'organization', id: org_id }
  const bakery: Place = { kind: 'customer', id: customers.bakery }
  const clinic: Place = { kind: 'customer', id: customers.clinic }
  return [
    ['owner', 'msp.owner', everywhere],
    ['admin', 'msp.admin', everywhere],
    ['member', 'msp.member', everywhere],
    ['outsider', 'msp.owner', everywhere],
    ['bakeryAdmin', 'msp.client_admin', bakery],
    ['bakeryDeveloper', 'msp.developer', bakery],
    ['bakeryViewer', 'msp.viewer', bakery],
    ['clinicAdmin', 'msp.client_admin', clinic],
    ['clinicViewer', 'msp.viewer', clinic],
    ['zoneUser', 'zones.user', everywhere],
    ['monitoringClient', 'monitoring.client', { kind: 'provider', id: providers.lab }],
  ]
}

function placesOf({ org_id, elsewhere, mark, customers, providers, portals, zones }: Plan, role_set: string): Rows {
  return {
    organization: [
      { id: org_id, name: 'Harbour & Pine', slug: `agency-${mark}`, role_set, contact: {}, access_revision: 1 },
      { id: elsewhere, name: 'Elsewhere', slug: `else-${mark}`, role_set: 'msp', contact: {}, access_revision: 1 },
    ],
    customer: Object.entries(customers).map(([name, id]) => ({ org_id, id, name: `The ${name}` })),
    provider: Object.entries(providers).map(([name, id]) => ({ org_id, id, name: `Servers ${name}` })),
    portal: Object.entries(portals).map(([name, id]) => ({
      ...{ org_id, id, slug: `${name}-${mark}`, customer_id: customers[name as 'bakery'] ?? null },
    })),
    zone: Object.entries(zoneNames).map(([key, [name, provider, customer]]) => ({
      ...{ org_id, id: zones[key as 'bakery'], provider_id: providers[provider], name, name_key: name, serial: 1 },
      ...{ customer_id: customer && customers[customer], sort_key: bytes(sortKey(name)), served: false },
    })),
    // Every zone has its SOA: root, root, and five times 1.
    record: Object.entries(zoneNames).map(([key, [owner]]) => ({
      ...{ org_id, id: newId(), zone_id: zones[key as 'bakery'], owner, sort_key: bytes(sortKey(owner)), type: 6 },
      ...{ ttl: 3600, rdata: `\\x0000${'00000001'.repeat(5)}`, change_id: newId() },
    })),
  }
}

function peopleOf({ org_id, people, portals, customers }: Plan, orgOf: (who: string) => string): Rows {
  const staff = people.filter(({ realm }) => realm === 'staff')
  const clients = people.filter(({ realm }) => realm === 'client')
  return {
    subject: people.map(({ who, id, realm }) => ({
      ...{ org_id: orgOf(who), id, realm, kind: realm === 'staff' ? 'member' : 'client_user' },
    })),
    account: staff.map(({ account: id, email, name }) => ({ id, email, email_key: email, name, password_hash: '' })),
    member: staff.map(({ who, id, account }) => ({ org_id: orgOf(who), id, account_id: account })),
    staff_session: staff.map(({ who, account, hash }) => ({
      ...{ id: newId(), token_hash: hash, account_id: account, current_organization: orgOf(who) },
      expires_at: tomorrow(),
    })),
    client_user: clients.map(({ id, email, name, home }) => ({
      ...{ org_id, id, email, email_key: email, name, password_hash: '' },
      ...{ portal_id: portals[home as 'bakery'], customer_id: customers[home as 'bakery'] ?? null },
    })),
    client_session: clients.map(({ id, hash }) => ({
      ...{ org_id, id: newId(), token_hash: hash, client_user_id: id, expires_at: tomorrow() },
    })),
  }
}

function layDownPerson({ who, home, name, mark }: { who: string; home: string; name: string; mark: string }) {
  const token = newToken('session')
  const realm = home === 'staff' ? ('staff' as const) : ('client' as const)
  const email = `${who.toLowerCase()}-${mark}@people.example`
  const hash = bytes(hashToken('session', token))
  return { who, home, realm, name, id: newId(), account: newId(), email, token, hash }
}

/** All tables in one statement: foreign keys are checked at its end, so their order does not matter. */
async function insert(sql: Product['database']['asSuperuser'], rows: Rows): Promise<void> {
  const parts = Object.entries(rows).map(([table, values], place) => {
    const columns = [...new Set(values.flatMap((row) => Object.keys(row)))].map((name) => `"${name}"`).join(', ')
    return `i${place} as (insert into ${table} (${columns})
      select ${columns} from jsonb_populate_recordset(null::public."${table}", $1::jsonb -> '${table}'))`
  })
  await sql(`with ${parts.join(', ')} select 1`, [JSON.stringify(rows)])
}

function bytes(value: Uint8Array | null): string {
  return `\\x${Buffer.from(value ?? []).toString('hex')}`
}

function tomorrow(): string {
  return new Date(Date.now() + 86_400_000).toISOString()
}
