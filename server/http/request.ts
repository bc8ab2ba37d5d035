import type { OperationId, ParsedBody, ParsedParams, ParsedQuery } from '@zoneward/api'
import {
  type Permission,
  type RecordRef,
  type Resource,
  type VisibleScopes,
  visibleScopes,
} from '@zoneward/permissions'
import { type Allowed, allowSelf, askerOf, authorize } from '../access/authorize.ts'
import { heldAccess } from '../access/held-access.ts'
import { rolesHeld } from '../access/roles-held.ts'
import { appendEvent, type EventFacts } from '../audit/append-event.ts'
import type { Context } from '../context.ts'
import { changeOfAccess, guardedWrite } from '../database/guard.ts'
import type { Tx } from '../database/pools.ts'
import { notFound } from '../fault.ts'
import { Accepted } from './accepted.ts'
import type { Actor } from './actor.ts'
import { rememberAnswer } from './idempotency.ts'

/** What a handler of a signed-in operation gets. */
export type ActorRequest<Id extends OperationId> = {
  readonly id: Id
  readonly context: Context
  readonly actor: Actor
  readonly params: ParsedParams<Id>
  readonly query: ParsedQuery<Id>
  readonly body: ParsedBody<Id>
  readonly headers: Headers
  /** Headers of the answer: an ETag, a cookie. */
  readonly answerHeaders: Headers
  /** The place named by the path, where the table asks the permission there; otherwise null. */
  readonly place: Resource | null
  /** What the table's permission was checked to. For `body` operations, see `authorize`. */
  readonly allowed: Allowed
  /** Asks the core within a transaction; 404 and 403 as ACCESS says. */
  authorize(tx: Tx, permission: Permission, resource: Resource | null, record?: RecordRef): Promise<Allowed>
  /** Where the caller holds a permission: what a list is filtered by. */
  visible(tx: Tx, permission: Permission): Promise<VisibleScopes>
  read<T>(fn: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * A write under the guard: `fn` runs again-checked when access moved since the request was read, and its event is
   * appended last. With an Idempotency-Key its result is the answer that a repetition gets.
   */
  write<T>(fn: (tx: Tx, note: Note) => Promise<T>, options?: WriteOptions): Promise<T>
  /** A change of who may do what: as `write`, alone in its organization, and every cached decision is stale after it. */
  changeAccess<T>(fn: (tx: Tx, note: Note) => Promise<T>): Promise<T>
}

/** What the audit log says of a change. `note.nothing()` where nothing was changed after all. */
export type Note = { (facts: EventFacts): void; nothing(): void }

export type WriteOptions = { longest?: `${number}s` }

type Parts<Id extends OperationId> = Pick<
  ActorRequest<Id>,
  'id' | 'context' | 'actor' | 'params' | 'query' | 'body' | 'headers' | 'answerHeaders' | 'place'
> & {
  action: string | null
  status: number
  decide: (tx: Tx, actor: Actor) => Promise<Allowed>
  onCheck: () => void
  allowed?: Allowed
}

export function actorRequest<Id extends OperationId>(parts: Parts<Id>): ActorRequest<Id> {
  const { action, decide, onCheck } = parts
  let { actor } = parts
  const { pool, scope } = actor

  async function finish<T>(tx: Tx, fn: (tx: Tx, note: Note) => Promise<T>): Promise<T> {
    const { note, facts } = createNote()
    const result = await fn(tx, note)
    const told = facts()
    if (told === null) throw new Error(`${parts.id} changed something without telling the audit log.`)
    if (told !== 'nothing') {
      // What the caller held when the request came, not what it may have left itself with.
      const role = await rolesHeld(tx, parts.actor)
      await appendEvent(tx, { ...actor, role }, told.action ?? action ?? parts.id, told)
    }
    const given =
      result instanceof Accepted ? { status: 202, body: result.answer } : { status: parts.status, body: result }
    await rememberAnswer(tx, { ...parts, status: given.status }, given.body)
    return result
  }

  return {
    ...parts,
    allowed: parts.allowed ?? allowSelf(),
    get actor() {
      return actor
    },
    async authorize(tx, permission, resource, record) {
      onCheck()
      if (resource === null) throw notFound()
      return authorize(tx, actor, { permission, resource, ...(record ? { record } : {}) })
    },
    async visible(tx, permission) {
      onCheck()
      const held = await heldAccess(tx, actor)
      return visibleScopes(held.index, { ...askerOf(actor, held), permission })
    },
    read: (fn) => pool.read(scope, fn),
    write: (fn, options) => {
      refuseInView(actor)
      return guardedWrite(
        pool,
        { scope, seenRevision: actor.revision, ...options },
        async (tx, revision) => {
          actor = await refreshActor(tx, actor, revision)
          await decide(tx, actor)
        },
        (tx) => finish(tx, fn),
      )
    },
    changeAccess: (fn) => {
      refuseInView(actor)
      return changeOfAccess(pool, scope, async (tx, revision) => {
        // Decided again inside the exclusive lock: whoever revokes concurrently has either finished or waits.
        actor = await refreshActor(tx, actor, revision)
        await decide(tx, actor)
        return finish(tx, fn)
      })
    },
  }
}

// The table's own refusal comes first; this is for whatever writes without saying so there.
function refuseInView(actor: Actor): void {
  if (actor.viewAs) throw new Error('something wrote while somebody looked as somebody else')
}

/** The caller as it is now: still there, in which teams, at which revision. Its key or session may have gone meanwhile. */
async function refreshActor(tx: Tx, actor: Actor, revision: string): Promise<Actor> {
  const alive = actor.key
    ? await tx
        .selectFrom('api_key')
        .select('id')
        .where('org_id', '=', actor.orgId)
        .where('id', '=', actor.key.id)
        .executeTakeFirst()
    : await tx
        .selectFrom('subject')
        .select('id')
        .where('org_id', '=', actor.orgId)
        .where('id', '=', actor.subjectId)
        .executeTakeFirst()
  if (!alive) throw notFound()
  const teams = await tx
    .selectFrom('team_member')
    .select('team_id')
    .where('org_id', '=', actor.orgId)
    .where('user_id', '=', actor.subjectId)
    .execute()
  return { ...actor, revision, teamIds: teams.map((row) => row.team_id) }
}

function createNote(): { note: Note; facts: () => EventFacts | 'nothing' | null } {
  let told: EventFacts | 'nothing' | null = null
  const note = Object.assign(
    (facts: EventFacts) => {
      told = facts
    },
    {
      nothing: () => {
        told = 'nothing'
      },
    },
  )
  return { note, facts: () => told }
}
