// The same grants as policies of Cedar (https://docs.cedarpolicy.com), for a judge that others wrote. Shares no code
// with the core: roles are groups of actions, teams and scopes are parents of entities, time and record are context.

import type { AuthorizationCall } from '@cedar-policy/cedar-wasm/nodejs'
import type { ApiKeyCeiling, CustomerCeiling } from '../ceilings.ts'
import type { Grant } from '../grants.ts'
import { permissionIds } from '../permissions.ts'
import type { RecordPattern } from '../record-patterns.ts'
import type { AccessRequest } from '../requests.ts'
import type { Role } from '../roles.ts'
import type { World } from './random-worlds.ts'

type Judge = (call: AuthorizationCall) => boolean

// Below every scope: what is allowed on it is allowed somewhere.
const anywhere = 'Anywhere::"all"'

/** Allowed if Cedar permits the request and, by API, also permits `api.use` anywhere at all. */
export function cedarAllows({ roles, grants }: World, request: AccessRequest, judge: Judge): boolean {
  const byApi = request.channel === 'api' || request.ceilings?.apiKey !== undefined
  const policies = {
    staticPolicies: [...grants.flatMap((grant) => permit(grant, roles, request)), ...forbid(request)].join('\n'),
  }
  const asked = {
    principal: { type: 'Subject', id: request.subject.id },
    context: contextOf(request, byApi),
    policies,
    entities: entitiesOf(roles, grants, request),
  }
  const { kind, id } = request.resource
  const action = { type: 'Action', id: request.permission }
  if (!judge({ ...asked, action, resource: { type: kind, id } })) return false
  const wayIn = { action: { type: 'Action', id: 'api.use' }, resource: { type: 'Anywhere', id: 'all' } }
  return !byApi || judge({ ...asked, ...wayIn })
}

const quote = (text: string) => JSON.stringify(text)
const listOf = (texts: readonly string[]) => `[${texts.map(quote).join(', ')}]`
const actions = (ids: readonly string[]) => `action in [${ids.map((id) => `Action::${quote(id)}`).join(', ')}]`

function permit(grant: Grant, roles: readonly Role[], { ceilings }: AccessRequest): string[] {
  const role = roles.find(({ id }) => id === grant.roleId)
  if (role === undefined) return []
  const { kind, id } = grant.scope
  const atOrganization = role.clientAtOrganization === true ? ['dashboard.view', 'api.use', 'api_keys.create'] : []
  const withheld = ceilings?.customers?.some(
    (each) => kind === 'customer' && each.customerId === id && !each.permissions.includes('api.use'),
  )
  const conditions = [
    `${listOf(role.realms)}.contains(principal.realm)`,
    ...(kind === 'organization' ? [`(principal.realm == "staff" || ${actions(atOrganization)})`] : []),
    ...(withheld === true ? [`(principal.realm == "staff" || resource != ${anywhere})`] : []),
    ...(grant.startsAt === undefined ? [] : [`context.now >= ${grant.startsAt}`]),
    ...(grant.endsAt === undefined ? [] : [`context.now < ${grant.endsAt}`]),
    ...(role.interfaceOnly === true ? ['!context.byApi'] : []),
    ...(grant.patterns === undefined ? [] : [patternsGive(grant.patterns)]),
  ]
  const head = `principal in Subject::${quote(grant.subjectId)}, action in Action::${quote(`role ${role.id}`)}`
  return [`permit (${head}, resource in ${kind}::${quote(id)}) when { ${conditions.join(' && ')} };`]
}

function forbid({ ceilings, subject }: AccessRequest): string[] {
  const looking =
    'forbid (principal, action, resource) when { context.viewAs } unless { action in Action::"group reads" };'
  const customers = subject.realm === 'client' ? (ceilings?.customers ?? []).flatMap(forbidByCustomer) : []
  const key = ceilings?.apiKey === undefined ? [] : forbidByKey(ceilings.apiKey)
  return [looking, ...[...customers, ...key].map((rule) => `${rule} unless { resource == ${anywhere} };`)]
}

function forbidByCustomer({ customerId, permissions }: CustomerCeiling): string[] {
  const here = `forbid (principal, action, resource in customer::${quote(customerId)})`
  const withoutApi = permissions.includes('api.use') ? 'false' : 'context.byApi'
  return [`${here} when { ${withoutApi} || !(${actions(permissions)}) }`]
}

function forbidByKey(key: ApiKeyCeiling): string[] {
  const { scopes } = key
  const below = scopes === 'all' ? [] : scopes.map(({ kind, id }) => `resource in ${kind}::${quote(id)}`)
  const wrong = [
    ...(key.networkAllowed === false ? ['true'] : []),
    ...(key.endsAt === undefined ? [] : [`context.now >= ${key.endsAt}`]),
    ...(key.idleLimit === undefined ? [] : [`context.now - ${key.lastUsedAt ?? 'context.now'} >= ${key.idleLimit}`]),
    ...(key.permissions === 'all' ? [] : [`!(${actions(key.permissions)})`]),
    ...(scopes === 'all' ? [] : [`!(${anyOf(below)})`]),
    ...(key.patterns === undefined ? [] : [`!(${patternsGive(key.patterns)})`]),
  ]
  return wrong.map((each) => `forbid (principal, action, resource) when { ${each} }`)
}

function anyOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'false' : `(${conditions.join(' || ')})`
}

// Of zones the name, of records those that match, or, without a record, that some can be seen.
function patternsGive(patterns: readonly RecordPattern[]): string {
  if (patterns.length === 0) return 'false'
  const some = 'action == Action::"zones.view" || (action == Action::"records.view" && !(context has record))'
  const matching = anyOf(patterns.map(matches))
  return `(${some} || (action in Action::"group of records" && context has record && ${matching}))`
}

function matches(pattern: RecordPattern): string {
  const types = pattern.types === 'all' ? 'true' : `${listOf(pattern.types)}.contains(context.record.type)`
  const branch = pattern.kind === 'below' || pattern.kind === 'strictly_below'
  // A delegation takes everything below it along.
  const whole = branch ? 'true' : '!(action in Action::"group puts" && ["NS", "DNAME"].contains(context.record.type))'
  return `(${types} && ${whole} && ${namesMatch(pattern)})`
}

function namesMatch(pattern: RecordPattern): string {
  if (pattern.kind === 'first_label') {
    const under = `context.record.name like ${quote(`${pathOf(pattern.under ?? [])}*/`)}`
    return `context.record.first == ${quote(wordOf(pattern.label))} && ${under}`
  }
  const path = pathOf(pattern.labels)
  if (pattern.kind === 'exact') return `context.record.name == ${quote(path)}`
  return `context.record.name like ${quote(pattern.kind === 'below' ? `${path}*` : `${path}*/`)}`
}

// From the top down, each label closed by a slash; nothing in a label is a wildcard or a slash any more.
function pathOf(labels: readonly string[]): string {
  return [...labels]
    .reverse()
    .map((label) => `${wordOf(label)}/`)
    .join('')
}

function wordOf(label: string): string {
  return encodeURIComponent(label).replaceAll('*', '%2A')
}

function contextOf(
  { now, ceilings, resource: { record } }: AccessRequest,
  byApi: boolean,
): AuthorizationCall['context'] {
  const named =
    record === undefined
      ? {}
      : { record: { name: pathOf(record.labels), first: wordOf(record.labels[0] ?? ''), type: record.type } }
  return { now, byApi, viewAs: ceilings?.viewAs === true, ...named }
}

function entitiesOf(
  roles: readonly Role[],
  grants: readonly Grant[],
  { subject, resource }: AccessRequest,
): AuthorizationCall['entities'] {
  const uid = (type: string, id: string) => ({ type, id })
  const action = (id: string) => ({
    uid: uid('Action', id),
    attrs: {},
    parents: groupsOf(id, roles).map((group) => uid('Action', group)),
  })
  const above = resource.ancestors.filter(({ kind, id }) => kind !== resource.kind || id !== resource.id)
  return [
    {
      uid: uid('Subject', subject.id),
      attrs: { realm: subject.realm },
      parents: subject.teamIds.map((id) => uid('Subject', id)),
    },
    { uid: uid(resource.kind, resource.id), attrs: {}, parents: above.map(({ kind, id }) => uid(kind, id)) },
    { uid: uid('Anywhere', 'all'), attrs: {}, parents: grants.map(({ scope }) => uid(scope.kind, scope.id)) },
    ...permissionIds.map(action),
  ]
}

function groupsOf(id: string, roles: readonly Role[]): string[] {
  const looks = id.endsWith('.view') || id === 'api.use' || id === 'lookup.use'
  const puts = ['records.write', 'records.dmarc.write', 'changes.approve'].includes(id)
  return [
    ...roles.filter((role) => role.permissions.some((each) => each === id)).map((role) => `role ${role.id}`),
    ...(looks ? ['group reads'] : []),
    ...(puts ? ['group puts'] : []),
    ...(/^(records|changes)\./.test(id) ? ['group of records'] : []),
  ]
}
