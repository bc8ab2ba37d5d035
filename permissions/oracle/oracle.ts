// The access model once more, slow and plain, written from its description and sharing no code with the core.

import type { Ceilings, CustomerCeiling } from '../ceilings.ts'
import type { Grant } from '../grants.ts'
import type { RecordPattern } from '../record-patterns.ts'
import type { AccessRequest } from '../requests.ts'
import type { Role } from '../roles.ts'

/** Allowed if some live grant carries it, and every ceiling contains it; by API also only where the API is open. */
export function oracleAllows(grants: readonly Grant[], roles: readonly Role[], request: AccessRequest): boolean {
  const byApi = request.channel === 'api' || request.ceilings?.apiKey !== undefined
  const carried = grants.some(
    (grant) =>
      isTheirs(grant, request) && isHere(grant, request) && gives(grant, roles, request, request.permission, byApi),
  )
  const apiOpen = grants.some(
    (grant) =>
      isTheirs(grant, request) &&
      gives(grant, roles, request, 'api.use', true) &&
      !(
        request.subject.realm === 'client' &&
        grant.scope.kind === 'customer' &&
        ceilingOf(request.ceilings, grant.scope.id)?.permissions.includes('api.use') === false
      ),
  )
  return carried && (!byApi || apiOpen) && withinCeilings(request, byApi)
}

function isTheirs(grant: Grant, request: AccessRequest): boolean {
  return [request.subject.id, ...request.subject.teamIds].indexOf(grant.subjectId) !== -1
}

function isHere(grant: Grant, request: AccessRequest): boolean {
  return request.resource.ancestors.some((each) => each.kind === grant.scope.kind && each.id === grant.scope.id)
}

function gives(
  grant: Grant,
  roles: readonly Role[],
  request: AccessRequest,
  permission: string,
  byApi: boolean,
): boolean {
  const role = roles.find((each) => each.id === grant.roleId)
  if (role === undefined) return false
  if (!new Set<string>(role.permissions).has(permission)) return false
  if (!role.realms.includes(request.subject.realm)) return false
  if (request.subject.realm === 'client' && grant.scope.kind === 'organization') {
    if (role.clientAtOrganization !== true) return false
    if (!['dashboard.view', 'api.use', 'api_keys.create'].includes(permission)) return false
  }
  if (grant.startsAt !== undefined && request.now < grant.startsAt) return false
  if (grant.endsAt !== undefined && !(request.now < grant.endsAt)) return false
  if (byApi && role.interfaceOnly === true) return false
  return grant.patterns === undefined || patternsGive(grant.patterns, permission, request)
}

function patternsGive(patterns: readonly RecordPattern[], permission: string, request: AccessRequest): boolean {
  if (permission === 'zones.view') return patterns.length > 0
  if (!/^(records|changes)\./.test(permission)) return false
  const { record } = request.resource
  if (record === undefined) return permission === 'records.view' && patterns.length > 0
  const puts = ['records.write', 'records.dmarc.write', 'changes.approve'].includes(permission)
  const hides = puts && (record.type === 'NS' || record.type === 'DNAME')
  // Whatever is hidden has to be theirs: try names that nobody would name.
  const needed = hides ? [record.labels, ['~', ...record.labels], ['~', '~', ...record.labels]] : [record.labels]
  return patterns.some((pattern) => needed.every((labels) => oracleCovers(pattern, labels, record.type)))
}

export function oracleCovers(pattern: RecordPattern, labels: readonly string[], type: string): boolean {
  if (pattern.types !== 'all' && !pattern.types.some((each) => each === type)) return false
  const name = JSON.stringify([...labels].reverse())
  const below = (top: readonly string[]) => {
    const start = JSON.stringify([...top].reverse()).slice(0, -1)
    return top.length === 0 || name === `${start}]` || name.startsWith(`${start},`)
  }
  if (pattern.kind === 'first_label') {
    const [first, ...rest] = labels
    return (
      first === pattern.label && oracleCovers({ kind: 'below', labels: pattern.under ?? [], types: 'all' }, rest, '')
    )
  }
  const same = name === JSON.stringify([...pattern.labels].reverse())
  if (pattern.kind === 'exact') return same
  return below(pattern.labels) && (pattern.kind === 'below' || !same)
}

function withinCeilings(request: AccessRequest, byApi: boolean): boolean {
  const { permission, ceilings, resource } = request
  const reads = permission.endsWith('.view') || permission === 'api.use' || permission === 'lookup.use'
  if (ceilings?.viewAs === true && !reads) return false
  if (request.subject.realm === 'client') {
    for (const { kind, id } of resource.ancestors) {
      const ceiling = kind === 'customer' ? ceilingOf(ceilings, id) : undefined
      if (ceiling === undefined) continue
      if (!ceiling.permissions.includes(permission)) return false
      if (byApi && !ceiling.permissions.includes('api.use')) return false
    }
  }
  return withinKey(request)
}

function withinKey(request: AccessRequest): boolean {
  const key = request.ceilings?.apiKey
  if (key === undefined) return true
  const { permission, now, resource } = request
  if (key.networkAllowed === false) return false
  if (key.endsAt !== undefined && now >= key.endsAt) return false
  if (key.idleLimit !== undefined && now - (key.lastUsedAt ?? now) >= key.idleLimit) return false
  if (key.permissions !== 'all' && !key.permissions.includes(permission)) return false
  const { scopes } = key
  const inScope =
    scopes === 'all' ||
    resource.ancestors.some((each) => scopes.some((scope) => `${scope.kind} ${scope.id}` === `${each.kind} ${each.id}`))
  return inScope && (key.patterns === undefined || patternsGive(key.patterns, permission, request))
}

function ceilingOf(ceilings: Ceilings | undefined, customerId: string): CustomerCeiling | undefined {
  return ceilings?.customers?.find((ceiling) => ceiling.customerId === customerId)
}
