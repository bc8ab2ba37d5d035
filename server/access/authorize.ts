import {
  type AccessRequest,
  type Asker,
  type Decision,
  decide,
  isAllowed,
  isLive,
  isWrite,
  type Permission,
  type RecordRef,
  type Resource,
} from '@zoneward/permissions'
import type { Tx } from '../database/pools.ts'
import { Fault, notFound } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { noteUse } from './grant-use.ts'
import { type HeldAccess, heldAccess } from './held-access.ts'
import { permissionWords } from './permission-words.ts'
import { refusal } from './refusal.ts'

declare const checked: unique symbol

/** Proof that a permission was checked; every function of a store takes one, so forgetting to ask does not compile. */
export type Allowed = {
  readonly [checked]: true
  readonly permission: Permission | 'self'
  readonly partial: boolean
  readonly reviewRequired: boolean
}

/** Which permission has to be held at a resource for it to exist in the caller's eyes. */
const seenBy: Record<string, Permission> = {
  zone: 'zones.view',
  customer: 'customers.view',
  provider: 'providers.view',
  hosting: 'hostings.view',
}

/** What the core is asked with: the caller, the moment, the way in, and the upper bounds. */
export function askerOf(actor: Actor, held: HeldAccess): Asker {
  return {
    subject: { id: actor.subjectId, realm: actor.realm, teamIds: actor.teamIds },
    now: actor.now,
    channel: actor.kind === 'api_key' ? 'api' : 'interface',
    ceilings: {
      customers: held.customers,
      ...(actor.key ? { apiKey: actor.key.ceiling } : {}),
      ...(actor.viewAs ? { viewAs: true } : {}),
    },
  }
}

/**
 * Who is looked at, as if nobody looked: what a page lists is what that person sees, also where listing takes a right
 * to write. Only operations that read come this far under a view; what could be done is still asked with its bound.
 */
export function asItself({ viewAs: _, ...actor }: Actor): Actor {
  return actor
}

export type Asked = { permission: Permission; resource: Resource; record?: RecordRef }

/**
 * The decision on one request. What the caller may not see is 404; what it may see but not do is 403 with the missing
 * permission, the nearest grants and who can help.
 */
export async function authorize(tx: Tx, actor: Actor, asked: Asked): Promise<Allowed> {
  const held = await heldAccess(tx, actor)
  const request = requestOf(asItself(actor), held, asked)
  const decision = decide(held.index, request, { set: held.roleSet })
  if (decision.allowed) {
    refuseUnreviewed(decision)
    // Whoever looks as somebody else uses nothing of theirs, and a preview uses nothing at all.
    if (!actor.viewAs && !actor.rehearsing) noteUse(actor.pool, actor.orgId, decision.reasons)
    return allowedBy(decision)
  }
  if (!isVisible(held, request)) throw notFound()
  throw await refusal(tx, actor, decision, request)
}

// What is written through access that wants review becomes a proposal: records can be proposed, nothing else can.
const proposable = new Set<Permission>([
  ...(['records.write', 'records.protected.write', 'records.dmarc.write'] as const),
  ...(['changes.propose', 'changes.approve'] as const),
])

function refuseUnreviewed({ permission, reviewRequired }: Decision & { allowed: true }): void {
  if (!reviewRequired || !isWrite(permission) || proposable.has(permission)) return
  const detail = `Your access here wants review, and only changes of records can be reviewed: "${permission}" (${permissionWords(permission)}) needs access without it.`
  throw new Fault('forbidden', detail, { permission })
}

/** May the caller, at once? Without a fault, for pages that show what could be done; with review only is not at once. */
export async function may(tx: Tx, actor: Actor, asked: Asked): Promise<boolean> {
  const held = await heldAccess(tx, actor)
  const request = requestOf(actor, held, asked)
  if (!isWrite(asked.permission)) return isAllowed(held.index, request)
  const decision = decide(held.index, request, { set: held.roleSet })
  return decision.allowed && !decision.reviewRequired
}

export function requestOf(actor: Actor, held: HeldAccess, { permission, resource, record }: Asked): AccessRequest {
  return { ...askerOf(actor, held), permission, resource: record ? { ...resource, record } : resource }
}

/** For operations about the caller itself: being signed in is enough. */
export function allowSelf(): Allowed {
  return { permission: 'self', partial: false, reviewRequired: false } as Allowed
}

function allowedBy(decision: Decision & { allowed: true }): Allowed {
  const { permission, partial, reviewRequired } = decision
  return { permission, partial, reviewRequired } as Allowed
}

/** Whether the resource exists in the eyes of whoever asks: may it be seen, or is anything held at itself? */
export function isVisible(held: HeldAccess, request: AccessRequest): boolean {
  const permission = seenBy[request.resource.kind]
  if (permission === undefined) return true
  const { record: _, ...resource } = request.resource
  // What a key may not see because of its own ceiling does not exist for it either.
  const may = (wanted: Permission) => isAllowed(held.index, { ...request, permission: wanted, resource })
  return may(permission) || heldAt(held, request).some(may)
}

/** What the roles granted at the very resource have: a Client Admin knows its customer without `customers.view`. */
function heldAt(held: HeldAccess, { subject, resource, now }: AccessRequest): Permission[] {
  if (resource.kind === 'zone') return []
  return [subject.id, ...subject.teamIds]
    .flatMap((id) => held.index.bySubject.get(id)?.byScopeId.get(resource.id) ?? [])
    .filter(({ grant }) => isLive(grant, now))
    .flatMap(({ role }) => role?.permissions ?? [])
}
