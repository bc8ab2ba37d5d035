import type { Reason } from './decide.ts'
import { decide } from './decide.ts'
import type { GrantIndex } from './grant-index.ts'
import type { Asker } from './requests.ts'
import type { Resource, Scope } from './scopes.ts'

export type Level = 'none' | 'read' | 'write'

/** A level that comes from one grant. */
export interface LevelSource {
  readonly level: Exclude<Level, 'none'>
  readonly reason: Reason
  /** Granted to the subject itself, on the zone itself: what the zone screen edits. Others are shown locked. */
  readonly direct: boolean
  readonly through: Scope
}

export interface ZoneLevel {
  readonly level: Level
  /** The level by direct grants alone. */
  readonly direct: Level
  /** The level by everything else, which editing direct grants cannot lower. */
  readonly inherited: Level
  readonly sources: readonly LevelSource[]
  /** Only some records, by patterns. */
  readonly partial: boolean
}

/**
 * None, read, or read and write, on a zone, and where it comes from. Read is to see all or some records, write to
 * write ordinary ones.
 * @example levelOf(index, { subject, resource: zone, now, channel: 'interface' }).level // 'read'
 */
export function levelOf(index: GrantIndex, asker: Asker & { readonly resource: Resource }): ZoneLevel {
  const reads = decide(index, { ...asker, permission: 'records.view' })
  const writes = decide(index, { ...asker, permission: 'records.write' })
  const readReasons = reads.allowed ? reads.reasons : []
  const writeReasons = writes.allowed ? writes.reasons : []
  const sources = [
    ...writeReasons.map((reason) => sourceOf('write', reason, asker.resource)),
    ...readReasons
      .filter((reason) => !writeReasons.some((other) => other.grant.id === reason.grant.id))
      .map((reason) => sourceOf('read', reason, asker.resource)),
  ]
  return {
    level: highest(sources),
    direct: highest(sources.filter((source) => source.direct)),
    inherited: highest(sources.filter((source) => !source.direct)),
    sources,
    partial: reads.allowed && reads.partial,
  }
}

function sourceOf(level: 'read' | 'write', reason: Reason, zone: Resource): LevelSource {
  const { scope } = reason
  const onZone = scope.kind === zone.kind && scope.id === zone.id
  return { level, reason, direct: onZone && reason.teamId === null, through: scope }
}

function highest(sources: readonly LevelSource[]): Level {
  if (sources.some((source) => source.level === 'write')) return 'write'
  return sources.length > 0 ? 'read' : 'none'
}
