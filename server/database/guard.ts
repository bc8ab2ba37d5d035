import { type RolePool, type Scope, settingsOf, type Tx, uuid } from './pools.ts'

/** What the caller's decision was made on: the organization's `access_revision` that came with its session or key. */
export interface Decided {
  scope: Scope
  seenRevision: string
  /** How long the transaction may take; longer than two seconds only to publish a large import, since a revocation waits. */
  longest?: `${number}s`
}

/** Decides again, inside the transaction, on the revision it is given; throws when the answer is no longer yes. */
export type Recheck = (tx: Tx, revision: string) => Promise<void>

// A revocation waits for the guarded writes before it, so none of them may be long; fifty writers of one zone, who wait
// for each other, come through all the same.
const longestWrite = '2s'
// A change of access waits for the guarded writes under way, the longest of which publishes a large import.
const longestChange = '30s'

/**
 * Runs a write so that it cannot commit after a revocation that forbids it has committed. The shared lock and the
 * reading of the revision are two statements (in one, the revision would be read before the lock is held), sent in one
 * message. With the revision moved, `recheck` decides again. READ COMMITTED only.
 */
export function guardedWrite<T>(
  pool: RolePool,
  decided: Decided,
  recheck: Recheck,
  fn: (tx: Tx) => Promise<T>,
): Promise<T> {
  const org = uuid(orgOf(decided.scope))
  const opening = [
    'begin isolation level read committed',
    settingsOf(decided.scope),
    atMost(decided.longest ?? longestWrite),
    `select pg_advisory_xact_lock_shared(${accessLock(org)})`,
    `select access_revision::text from organization where id = '${org}'`,
  ].join('; ')
  return pool.run(opening, async (tx, row) => {
    const revision = String(row['access_revision'] ?? '')
    if (revision !== decided.seenRevision) await recheck(tx, revision)
    return fn(tx)
  })
}

/**
 * Runs a change of access (grants, roles, teams, members, keys, where a zone hangs): waits for the guarded writes that
 * have begun, keeps new ones waiting until it is done, and moves the revision, so that every cached decision is stale.
 */
export function changeOfAccess<T>(
  pool: RolePool,
  scope: Scope,
  fn: (tx: Tx, revision: string) => Promise<T>,
): Promise<T> {
  const org = uuid(orgOf(scope))
  const opening = [
    'begin isolation level read committed',
    settingsOf(scope),
    atMost(longestChange),
    `select pg_advisory_xact_lock(${accessLock(org)})`,
    `update organization set access_revision = access_revision + 1 where id = '${org}' returning access_revision::text`,
  ].join('; ')
  return pool.run(opening, (tx, row) => fn(tx, String(row['access_revision'] ?? '')))
}

/** True for errors that say "too busy, try again": timeouts, lock waits, deadlocks. Nothing of it was written. */
export function isBusy(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return ['25P04', '57014', '55P03', '40P01', '40001'].includes(code)
}

function orgOf(scope: Scope): string {
  return typeof scope === 'string' ? scope : scope.orgId
}

function accessLock(org: string): string {
  return `hashtextextended('access ${org.toLowerCase()}', 0)`
}

// PostgreSQL 17 can bound a whole transaction, 15 and 16 only each of its statements.
export function atMost(time: string): string {
  return `select set_config(name, '${time}', true) from pg_settings
    where name = case when current_setting('server_version_num')::int >= 170000 then 'transaction_timeout' else 'statement_timeout' end`
}
