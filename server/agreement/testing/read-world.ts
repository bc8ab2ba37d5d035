// An organization as its rows say, read past every wall and put into the words of the slow oracle: nothing of what the
// server loads access with is used.

import {
  builtInRoles,
  type CustomerCeiling,
  type Grant,
  memberBlocks,
  type Permission,
  permissions,
  type RecordPattern,
  type ResourceRef,
  type Role,
  type RoleSetId,
  roleSets,
  type ScopeKind,
  type Subject,
} from '@zoneward/permissions'
import type { Product } from '../../../test/product.ts'

/** A place where roles are granted: itself, and all that it hangs below. */
export type Place = { kind: ScopeKind; id: string; name: string; ancestors: ResourceRef[] }

export type World = {
  org: string
  people: (Subject & { kind: 'member' | 'client_user'; name: string })[]
  teams: { id: string; realm: 'staff' | 'client' }[]
  roles: Role[]
  grants: Grant[]
  ceilings: CustomerCeiling[]
  places: Place[]
  /** Milliseconds by the database's clock. */
  now: number
}

type StoredGrant = {
  id: string
  subject: string
  role: string
  customer: string | null
  provider: string | null
  zone: string | null
  hosting: string | null
  patterns: { names: string[]; types?: string[] }[] | null
  starts: number | null
  ends: number | null
  review: boolean
}
type Named = { id: string; name: string }
type Rows = {
  organization: { name: string; set: RoleSetId }
  staff: Named[]
  clients: Named[]
  memberships: { team: string; person: string }[]
  teams: { id: string; realm: 'staff' | 'client' }[]
  roles: { id: string; original: string; name: string; permissions: Permission[] }[]
  customers: (Named & { ceiling: { permissions: string[]; roles: string[] } | null })[]
  providers: Named[]
  zones: (Named & { provider: string; customer: string | null })[]
  hostings: (Named & { customer: string })[]
  grants: StoredGrant[]
  now: number
}

const list = (columns: string, from: string, org = 'org_id') =>
  `(select coalesce(json_agg(r order by r), '[]') from (select ${columns} from ${from} where ${org} = $1::uuid) q, row_to_json(q) j, to_jsonb(j) r)`

const query = `select json_build_object(
  'organization', (select json_build_object('name', name, 'set', role_set) from organization where id = $1::uuid),
  'staff', ${list('m.id, a.name', 'member m join account a on a.id = m.account_id', 'm.org_id')},
  'clients', ${list('id, name', 'client_user')},
  'memberships', ${list('team_id as team, user_id as person', 'team_member')},
  'teams', ${list('id, realm', 'team')},
  'roles', ${list('id, based_on as original, name, permissions', 'custom_role')},
  'customers', ${list('id, name, ceiling', 'customer')},
  'providers', ${list('id, name', 'provider')},
  'zones', ${list('id, name, provider_id as provider, customer_id as customer', 'zone')},
  'hostings', ${list('id, name, customer_id as customer', 'hosting')},
  'grants', ${list(
    `id, subject_id as subject, role_id as role, customer_id as customer, provider_id as provider, zone_id as zone,
     hosting_id as hosting, patterns, extract(epoch from starts_at) * 1000 as starts,
     extract(epoch from ends_at) * 1000 as ends, review_required as review`,
    'access_grant',
  )},
  'now', extract(epoch from clock_timestamp()) * 1000) as world`

export async function readWorld({ database }: Product, org: string): Promise<World> {
  const [row] = await database.asSuperuser(query, [org])
  const rows = row?.['world'] as Rows
  const inTeams = (id: string) => rows.memberships.filter(({ person }) => person === id).map(({ team }) => team)
  const person = (realm: 'staff' | 'client', kind: 'member' | 'client_user') => (each: Named) => ({
    ...{ ...each, realm, kind, teamIds: inTeams(each.id) },
  })
  return {
    org,
    people: [...rows.staff.map(person('staff', 'member')), ...rows.clients.map(person('client', 'client_user'))],
    teams: rows.teams,
    roles: [...builtInRoles, ...memberBlocks, ...rows.roles.map(ownRole)],
    grants: rows.grants.map((each) => grantOf(org, each)),
    ceilings: rows.customers.map((each) => ceilingOf(each, rows.organization.set)),
    places: placesOf(org, rows),
    now: rows.now,
  }
}

/** A copy of a role: where it is granted and to whom is the original's, what it holds its own. */
function ownRole({ id, original, name, permissions: held }: Rows['roles'][number]): Role {
  const copied = builtInRoles.find((role) => role.id === original)
  if (copied === undefined) throw new Error(`The role ${name} was copied from ${original}, which is not there`)
  return { ...copied, id: `custom.${id}`, permissions: held }
}

function grantOf(org: string, row: StoredGrant): Grant {
  const places = { customer: row.customer, provider: row.provider, zone: row.zone, hosting: row.hosting }
  const [place] = Object.entries(places).filter(([, id]) => id !== null)
  const [kind, id] = place ?? ['organization', org]
  return {
    ...{ id: row.id, subjectId: row.subject, roleId: row.role, scope: { kind: kind as ScopeKind, id: String(id) } },
    ...(row.patterns === null ? {} : { patterns: row.patterns.flatMap(patternsOf) }),
    ...(row.starts === null ? {} : { startsAt: row.starts }),
    ...(row.ends === null ? {} : { endsAt: row.ends }),
    ...(row.review ? { reviewRequired: true } : {}),
  }
}

function patternsOf({ names, types }: { names: string[]; types?: string[] }): RecordPattern[] {
  return names.map((text) => readPattern(text, types ?? 'all'))
}

/** `name`, `**.name`, `+.name` or `label.**`, perhaps with `under name`. */
export function readPattern(text: string, types: RecordPattern['types']): RecordPattern {
  const [names = '', under, top] = text.split(' ')
  const labels = labelsOf(names)
  const [first = '', ...rest] = labels
  if (rest[0] === '**')
    return { kind: 'first_label', label: first, types, ...(under ? { under: labelsOf(top ?? '') } : {}) }
  if (first === '**') return { kind: 'below', labels: rest, types }
  return first === '+' ? { kind: 'strictly_below', labels: rest, types } : { kind: 'exact', labels, types }
}

export function labelsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split('.')
    .filter((label) => label !== '')
}

// What is about the whole organization, or about clients themselves, is in no client's reach.
const inReach = permissions
  .filter(({ scopeKinds }) => scopeKinds.join() !== 'organization')
  .map(({ id }) => id)
  .filter((id) => id !== 'customers.manage' && id !== 'view_as.use')

function ceilingOf({ id, ceiling }: Rows['customers'][number], set: RoleSetId): CustomerCeiling {
  const start = roleSets.find((each) => each.id === set)
  const held: readonly string[] = ceiling?.permissions ?? start?.customerPermissions ?? []
  return { customerId: id, permissions: inReach.filter((each) => held.includes(each)), roleIds: [] }
}

function placesOf(org: string, rows: Rows): Place[] {
  const top: ResourceRef = { kind: 'organization', id: org }
  const place = (kind: ScopeKind, { id, name }: Named, above: ResourceRef[]): Place => ({
    ...{ kind, id, name, ancestors: [{ kind, id }, ...above, top] },
  })
  const customer = (id: string | null): ResourceRef[] => (id === null ? [] : [{ kind: 'customer', id }])
  return [
    { ...top, kind: 'organization', name: rows.organization.name, ancestors: [top] },
    ...rows.customers.map((each) => place('customer', each, [])),
    ...rows.providers.map((each) => place('provider', each, [])),
    ...rows.hostings.map((each) => place('hosting', each, customer(each.customer))),
    ...rows.zones.map((each) =>
      place('zone', { id: each.id, name: each.name.replace(/\.$/, '') }, [
        ...customer(each.customer),
        { kind: 'provider', id: each.provider },
      ]),
    ),
  ]
}
