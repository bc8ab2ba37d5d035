import type { OperationId, ParsedBody, ParsedParams, ParsedQuery } from '@zoneward/api'
import {
  type Permission,
  type RecordRef,
  type Resource,
  type VisibleScopes,
  visibleScopes,
} from '@zoneward/permissions'
import { type Allowed, allowSelf, asItself, askerOf, authorize } from '../access/authorize.ts'
import { heldAccess } from '../access/held-access.ts'
import { rolesHeld } from '../access/roles-held.ts'
import { type Ended, keepAssertions } from '../assertions/keep-assertions.ts'
import { appendEvent, type EventFacts } from '../audit/append-event.ts'
import type { Context } from '../context.ts'
import { changeOfAccess, guardedWrite } from '../database/guard.ts'
import type { Tx } from '../database/pools.ts'
import { notFound } from '../fault.ts'
import { Accepted } from './accepted.ts'
import type { Actor } from './actor.ts'
import { rememberAnswer } from './idempotency.ts'
import type { RehearsedStep } from './rehearse.ts'

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
  /** Makes another request of the same caller within a transaction that will be rolled back; answers what it ends. */
  rehearse(tx: Tx, step: RehearsedStep): Promise<Ended[]>
}

/** What the audit log says of a change. `note.nothing()` where nothing was changed after all. */
export type Note = { (facts: EventFacts): void; nothing(): void }

export type WriteOptions = { longest?: `${number}s` }

type Parts<Id extends OperationId> = Pick<
  ActorRequest<Id>,
  'id' | 'context' | 'actor' | 'params' | 'query' | 'body' | 'headers' | 'answerHeaders' | 'place' | 'rehearse'
> & {
  action: string | null
  /** Whether an assertion could be broken by it, also where it needs no lock of its own. */
  changesAccess: boolean
  /** Everything happens within this transaction, which is rolled back by whoever began it: nothing is told or kept. */
  within?: { tx: Tx; onEnded: (ended: Ended[]) => void }
  status: number
  decide: (tx: Tx, actor: Actor) => Promise<Allowed>
  onCheck: () => void
  allowed?: Allowed
}

export function actorRequest<Id extends OperationId>(parts: Parts<Id>): ActorRequest<Id> {
  const { action, decide, onCheck, within } = parts
  let { actor } = parts
  const { pool, scope } = actor

  async function finish<T>(tx: Tx, fn: (tx: Tx, note: Note) => Promise<T>): Promise<T> {
    const { note, facts } = createNote()
    const result = await fn(tx, note)
    const told = facts()
    if (told === null) throw new Error(`${parts.id} changed something without telling the audit log.`)
    const ended = parts.changesAccess ? await keepAssertions(tx, actor, parts.context.database) : []
    if (within) {
      within.onEnded(ended)
      return result
    }
    if (told !== 'nothing') {
      // What the caller held when the request came, not what it may have left itself with.
      const role = await rolesHeld(tx, parts.actor)
      await appendEvent(tx, { ...actor, role }, told.action ?? action ?? parts.id, withEnded(told, ended))
    }
    const given =
      result instanceof Accepted ? { status: 202, body: result.answer } : { status: parts.status, body: result }
    await rememberAnswer(tx, { ...parts, status: given.status }, given.body)
    return result
  }

  async function rehearsed<T>(tx: Tx, fn: (tx: Tx, note: Note) => Promise<T>): Promise<T> {
    actor = await refreshActor(tx, actor, actor.revision)
    await decide(tx, actor)
    return finish(tx, fn)
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
      return visibleScopes(held.index, { ...askerOf(asItself(actor), held), permission })
    },
    read: (fn) => (within ? fn(within.tx) : pool.read(scope, fn)),
    write: (fn, options) => {
      refuseInView(actor)
      if (within) return rehearsed(within.tx, fn)
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
      if (!parts.changesAccess)
        throw new Error(`${parts.id} changes access, and the table of operations does not say so`)
      if (within) return rehearsed(within.tx, fn)
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
export async function refreshActor(tx: Tx, actor: Actor, revision: string): Promise<Actor> {
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

/** Assertions that went with what they were about are part of what happened. */
function withEnded(told: EventFacts, ended: Ended[]): EventFacts {
  if (ended.length === 0) return told
  return { ...told, facts: { ...told.facts, assertions_ended: ended.map(({ sentence }) => sentence) } }
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
