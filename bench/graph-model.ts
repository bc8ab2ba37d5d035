import type { Grant, Resource, ScopeKind, Workload } from '@zoneward/permissions'

// The workload of the check as the tuples and the schema of a relationship-based system: a role is a relation of a scope,
// a permission is the union of the roles that have it and of the same permission of what the scope hangs below.

/** `user:1` or `team:1#member` has `relation` to `object`. */
export type Tuple = { user: string; relation: string; object: string }

export const nested: readonly ScopeKind[] = ['organization', 'customer', 'provider', 'zone']
const parentsOf: Partial<Record<ScopeKind, ScopeKind[]>> = {
  customer: ['organization'],
  provider: ['organization'],
  zone: ['customer', 'provider'],
}

/** Names that both systems accept: `can_zones_view`, `role_11`. */
export const canName = (permission: string) => `can_${permission.replaceAll(/[._-]/g, '_')}`
const roleName = (id: string) => id.replaceAll('-', '_')

export function tuplesOf({ grants, users, zones }: Workload): Tuple[] {
  const teams = new Set(users.flatMap((user) => user.teamIds))
  const members = users.flatMap((user) =>
    user.teamIds.map((team) => ({ user: `user:${user.id}`, relation: 'member', object: `team:${team}` })),
  )
  const unique = new Map<string, Tuple>()
  const put = (tuple: Tuple) => unique.set(`${tuple.user} ${tuple.relation} ${tuple.object}`, tuple)
  for (const grant of grants) put(tupleOf(grant, teams))
  for (const zone of zones) for (const tuple of placesOf(zone)) put(tuple)
  return [...members, ...unique.values()]
}

function tupleOf({ subjectId, roleId, scope }: Grant, teams: Set<string>): Tuple {
  const user = teams.has(subjectId) ? `team:${subjectId}#member` : `user:${subjectId}`
  return { user, relation: roleName(roleId), object: `${scope.kind}:${scope.id}` }
}

function placesOf({ ancestors }: Resource): Tuple[] {
  const [zone, customer, provider, organization] = ancestors.map(({ kind, id }) => `${kind}:${id}`)
  if (!zone || !customer || !provider || !organization) throw new Error('a zone hangs below three scopes')
  return [
    { user: customer, relation: 'customer', object: zone },
    { user: provider, relation: 'provider', object: zone },
    { user: organization, relation: 'organization', object: customer },
    { user: organization, relation: 'organization', object: provider },
  ]
}

/** OpenFGA's authorization model, as its API takes it. */
export function openFgaModel({ roles, permissions }: Workload) {
  const holders = [{ type: 'user' }, { type: 'team', relation: 'member' }]
  const typeOf = (kind: ScopeKind) => {
    const parents = parentsOf[kind] ?? []
    const own = [...roles.keys()].map((id) => [roleName(id), { this: {} }] as const)
    const up = parents.map((parent) => [parent, { this: {} }] as const)
    const can = permissions.map((permission) => {
      const relation = canName(permission)
      const child = [
        ...[...roles.values()]
          .filter((role) => role.permissions.includes(permission))
          .map((role) => ({ computedUserset: { relation: roleName(role.id) } })),
        ...parents.map((parent) => ({
          tupleToUserset: { tupleset: { relation: parent }, computedUserset: { relation } },
        })),
      ]
      const [only] = child
      return [relation, child.length === 1 && only ? only : { union: { child } }] as const
    })
    const direct = [
      ...own.map(([name]) => [name, { directly_related_user_types: holders }] as const),
      ...parents.map((parent) => [parent, { directly_related_user_types: [{ type: parent }] }] as const),
    ]
    const relations = Object.fromEntries([...own, ...up, ...can])
    return { type: kind, relations, metadata: { relations: Object.fromEntries(direct) } }
  }
  const team = {
    type: 'team',
    relations: { member: { this: {} } },
    metadata: { relations: { member: { directly_related_user_types: [{ type: 'user' }] } } },
  }
  return { schema_version: '1.1', type_definitions: [{ type: 'user' }, team, ...nested.map(typeOf)] }
}

/** SpiceDB's schema, in its own language. */
export function spiceDbSchema({ roles, permissions }: Workload): string {
  const definitions = nested.map((kind) => {
    const parents = parentsOf[kind] ?? []
    const lines = [
      ...[...roles.keys()].map((id) => `relation ${roleName(id)}: user | team#member`),
      ...parents.map((parent) => `relation ${parent}: ${parent}`),
      ...permissions.map((permission) => {
        const own = [...roles.values()].filter((role) => role.permissions.includes(permission))
        const union = [
          ...own.map((role) => roleName(role.id)),
          ...parents.map((parent) => `${parent}->${canName(permission)}`),
        ]
        return `permission ${canName(permission)} = ${union.join(' + ')}`
      }),
    ]
    return `definition ${kind} {\n  ${lines.join('\n  ')}\n}`
  })
  return ['definition user {}', 'definition team {\n  relation member: user\n}', ...definitions].join('\n\n')
}
