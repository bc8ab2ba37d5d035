import {
  type AccessRequest,
  type Decision,
  type Miss,
  type Permission,
  printRecordPattern,
  type RecordRef,
  type RoleBook,
  scopeKinds,
  whoCouldGrant,
} from '@zoneward/permissions'
import type { Tx } from '../database/pools.ts'
import { Fault, type FaultFacts } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { loadAccess } from './held-access.ts'
import { peopleOf } from './people.ts'
import { permissionWords } from './permission-words.ts'
import { roleBook, rolesWith } from './role-book.ts'

type Refused = Decision & { allowed: false }

/** A refusal in words: what is missing, why the nearest grant does not help, and who can give it. */
export async function refusal(tx: Tx, actor: Actor, decision: Refused, request: AccessRequest): Promise<Fault> {
  const missing = decision.misses.some((miss) => miss.kind === 'no_api_use') ? 'api.use' : decision.permission
  const detail = `"${missing}" is missing here: ${permissionWords(missing)}.`
  const roles = await roleBook(tx, actor.orgId)
  return new Fault('forbidden', detail, {
    permission: missing,
    // Roles are the maker's of a guest link, and nothing for its guest to know.
    nearest: isGuest(actor) ? [] : decision.misses.map((miss) => sentenceOf(miss, roles)),
    who_can_give: await helpersOf(tx, actor, request),
    ...askOf(actor, decision, missing),
  })
}

/** What to send to ask for the smallest grant that would allow it; nothing where none would, or nobody is there to ask. */
export function askOf(
  actor: Pick<Actor, 'key'>,
  { resource, smallestGrant }: Refused,
  permission: Permission,
): Pick<FaultFacts, 'ask'> {
  const kind = scopeKinds.find((known) => known === resource.kind)
  if (smallestGrant === null || kind === undefined || actor.key?.kind === 'guest') return {}
  return { ask: { permission, resource: { kind, id: resource.id }, record: recordText(resource.record) } }
}

/** A record as people write it: the name without its final dot. */
export function recordText(record: RecordRef | undefined): { name: string; type: string } | null {
  if (record === undefined) return null
  return { name: printRecordPattern({ kind: 'exact', labels: record.labels, types: 'all' }), type: record.type }
}

/** Why one near grant does not carry the request. */
export function sentenceOf(miss: Miss, roles: RoleBook): string {
  if (miss.kind === 'no_api_use') return 'Nothing you hold opens the API ("api.use").'
  if (miss.kind === 'ceiling') return ceilingSentences[miss.ceiling] ?? 'An upper bound does not contain this.'
  const role = roles.get(miss.grant.roleId)?.name ?? miss.grant.roleId
  return `${role} (${miss.grant.scope.kind}): ${missSentences[miss.kind]}`
}

const missSentences: Record<Exclude<Miss['kind'], 'ceiling' | 'no_api_use'>, string> = {
  interface_only: 'this role is for the pages only, never for API requests.',
  expired: 'this access has ended.',
  not_started: 'this access has not begun yet.',
  pattern_does_not_cover: 'this access covers other records.',
  wrong_realm: 'this role does not count for this kind of account.',
  role_lacks_it: 'the role does not include it.',
  other_scope: 'it is held somewhere else, not here.',
}

const ceilingSentences: Record<string, string> = {
  'api_key.permissions': 'The API key was made without this permission.',
  'api_key.scopes': 'The API key was made for other places.',
  'api_key.patterns': 'The API key was made for other records.',
  'api_key.networks': 'The API key may not be used from this address.',
  'api_key.end': 'The API key has ended.',
  'api_key.idle': 'The API key was not used for too long.',
  'customer.permissions': 'The provider keeps this to itself for this customer.',
  client_realm: 'Client accounts never hold this.',
  view_as: 'Looking as somebody else writes nothing.',
}

function isGuest({ key }: Actor): boolean {
  return key?.kind === 'guest'
}

/** Names of those who can give it; a client account never learns the names of staff. */
export async function helpersOf(tx: Tx, actor: Actor, request: AccessRequest): Promise<string[]> {
  if (isGuest(actor)) return ['your provider']
  const { orgId } = actor
  const near = request.resource
  // Few hold grants.manage, however many can see the place: only they and what they hold is looked up.
  const managing = await loadAccess(tx, { orgId, near, roleIds: rolesWith(await roleBook(tx, orgId), 'grants.manage') })
  const known = await peopleOf(tx, actor, [...managing.index.bySubject.keys()])
  const people = known.filter(({ kind }) => kind !== 'service')
  const subjectIds = people.flatMap(({ subject }) => [subject.id, ...subject.teamIds])
  const { index, customers } = await loadAccess(tx, { orgId, near, subjectIds })
  const able = new Set(
    whoCouldGrant(
      index,
      people.map((person) => person.subject),
      { ...request, channel: 'interface', ceilings: { customers } },
    ),
  )
  const names = people
    .filter((person) => able.has(person.subject.id) && person.subject.id !== actor.subjectId)
    .map((person) => person.name)
  return actor.realm === 'client' ? [...names.slice(0, 9), 'your provider'] : names.slice(0, 10)
}
