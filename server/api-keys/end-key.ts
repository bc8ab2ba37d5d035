import { type Allowed, may } from '../access/authorize.ts'
import { findTarget } from '../access/describe-subjects.ts'
import { organizationResource } from '../access/find-resource.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, notFound } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import { type ApiKeyRow, deleteApiKey, findApiKey, type Kind } from './store.ts'

type Ending = Pick<ActorRequest<'api_keys.delete'>, 'actor' | 'allowed' | 'authorize'>

/** Ends a key or guest link at once, and returns what it was. */
export async function endKey(tx: Tx, request: Ending, kind: Kind, id: string): Promise<ApiKeyRow> {
  const { orgId } = request.actor
  const key = await findApiKey(tx, orgId, kind, id)
  const allowed = await ensureMayEnd(tx, request, key)
  if (key === null) throw notFound()
  await deleteApiKey(tx, allowed, { orgId, id: key.id })
  return key
}

/** One's own, or with api_keys.revoke anybody's. Who has not that learns nothing of others' keys. */
async function ensureMayEnd(tx: Tx, request: Ending, key: ApiKeyRow | null): Promise<Allowed> {
  const { actor, allowed } = request
  const itself = key !== null && key.id === actor.key?.id
  const own = key !== null && key.owner_id === actor.subjectId
  if (itself || (own && mayManageOwn(request))) return allowed
  const organization = organizationResource(actor.orgId)
  if (key !== null && (await isOfService(tx, request, key)))
    return request.authorize(tx, 'api_keys.manage', organization)
  try {
    return await request.authorize(tx, 'api_keys.revoke', organization)
  } catch (error) {
    throw error instanceof Fault && error.code === 'forbidden' && !own ? notFound() : error
  }
}

/** Whoever looks after service accounts looks after their keys. */
async function isOfService(tx: Tx, { actor }: Ending, key: ApiKeyRow): Promise<boolean> {
  const asked = { permission: 'api_keys.manage', resource: organizationResource(actor.orgId) } as const
  if (!(await may(tx, actor, asked))) return false
  return (await findTarget(tx, actor, key.owner_id))?.shown.kind === 'service'
}

/** A key that was made for something else, or for some places or records only, does not end its owner's other keys. */
function mayManageOwn({ actor }: Ending): boolean {
  if (actor.key === null) return true
  const { permissions, scopes, patterns } = actor.key.ceiling
  const creates = permissions === 'all' || permissions.includes('api_keys.create')
  return creates && scopes === 'all' && patterns === undefined
}
