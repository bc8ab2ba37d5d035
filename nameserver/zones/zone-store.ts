import type { ResourceRecord } from '@zoneward/dns'
import type { AbsentNames } from './absent-names.ts'
import { createAbsentNames } from './absent-names.ts'
import { applyZoneDiff } from './apply-zone-diff.ts'
import { noteSubZone } from './build-zone.ts'
import type { LoadedZones } from './loaded-zones.ts'
import { createLoadedZones } from './loaded-zones.ts'
import { isWithin, keyOfName, parentKey } from './name-key.ts'
import type { ZoneLoads } from './zone-loads.ts'
import { createZoneLoads } from './zone-loads.ts'
import type { ZoneSource } from './zone-source.ts'
import type { Zone } from './zone-tree.ts'

export type ZoneStoreOptions = {
  /** Records of all zones kept in memory together; one larger zone is kept alone. Default 5,000,000. */
  maxRecords?: number
  /** Names remembered as not served here. Default 100,000. */
  maxAbsent?: number
  /** Queries waiting for the source at one time; further ones get SERVFAIL. Default 1,000. */
  maxWaiting?: number
  /** After so many milliseconds of waiting a query gets SERVFAIL. Default 2,000. */
  waitMs?: number
  /** Told of zones that could not be loaded, with their name and the reason. */
  onError?: (zone: string, error: unknown) => void
}

/** `changed`: in place; `reloads`: dropped, the next query loads it; `not-loaded`: there was nothing to change. */
export type DiffOutcome = 'changed' | 'reloads' | 'not-loaded'

export type ZoneStore = {
  /** The deepest zone for a name from what is in memory; null: none is served; undefined: the source must be asked. */
  peek(key: string): Zone | null | undefined
  /** Asks the source until `peek` knows the name. False when it failed, took too long or too many wait. */
  fetch(key: string): Promise<boolean>
  /** To be called after a zone was made, removed, or changed in an unknown way. Queries then see the source's state. */
  invalidate(apex: string): void
  /** Forgets everything, for when notifications may have been missed. */
  invalidateAll(): void
  /** Makes a change visible at once. `removed` and `added` include the old and the new SOA. */
  applyDiff(
    apex: string,
    fromSerial: number,
    toSerial: number,
    removed: readonly ResourceRecord[],
    added: readonly ResourceRecord[],
  ): DiffOutcome
  size(): { zones: number; records: number }
}

/**
 * Keeps zones in memory between the name server and their source.
 *
 * @example
 * const store = createZoneStore(source, { maxRecords: 1_000_000 })
 * const server = createNameServer({ host: '127.0.0.1', port: 0, store })
 */
export function createZoneStore(source: ZoneSource, options: ZoneStoreOptions = {}): ZoneStore {
  const zones = createLoadedZones(options.maxRecords ?? 5_000_000)
  const absent = createAbsentNames(options.maxAbsent ?? 100_000)
  const loads = createZoneLoads(source, zones, absent, options.onError ?? (() => undefined))
  const wait = { max: options.maxWaiting ?? 1000, ms: options.waitMs ?? 2000, now: 0 }
  return {
    peek: (key) => peekZone(zones, absent, key),
    fetch: (key) => fetchZone(zones, absent, loads, wait, key),
    invalidate: (apex) => forget(zones, absent, loads, keyOfName(apex)),
    invalidateAll() {
      loads.outdateAll()
      zones.clear()
      absent.clear()
    },
    applyDiff: (apex, from, to, removed, added) =>
      changeZone(zones, absent, loads, keyOfName(apex), [from, to], removed, added),
    size: () => zones.size(),
  }
}

function peekZone(zones: LoadedZones, absent: AbsentNames, key: string): Zone | null | undefined {
  let suffix = key
  let below = ''
  let zone = zones.get(suffix)
  while (zone === undefined) {
    below = suffix
    suffix = parentKey(suffix)
    if (suffix === '') break
    zone = zones.get(suffix)
  }
  // Deeper zones than the one in memory exist only at or below its branches.
  if (zone !== undefined && (below === '' || !zone.branches.has(below))) return zone
  for (let name = key; name !== suffix; name = parentKey(name)) if (!absent.has(name)) return undefined
  return zone ?? null
}

type Waiting = { max: number; ms: number; now: number }

async function fetchZone(
  zones: LoadedZones,
  absent: AbsentNames,
  loads: ZoneLoads,
  waiting: Waiting,
  key: string,
): Promise<boolean> {
  if (waiting.now >= waiting.max) return false
  waiting.now++
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, waiting.ms, false)
  })
  try {
    return await Promise.race([deadline, askUntilKnown(zones, absent, loads, key)])
  } finally {
    clearTimeout(timer)
    waiting.now--
  }
}

/** A zone may be made, removed or pushed out of memory while its parent loads, so it can take more than one round. */
async function askUntilKnown(zones: LoadedZones, absent: AbsentNames, loads: ZoneLoads, key: string): Promise<boolean> {
  for (let round = 0; round < 4; round++) {
    if (!(await loads.ask(key))) return false
    if (peekZone(zones, absent, key) !== undefined) return true
  }
  return false
}

function forget(zones: LoadedZones, absent: AbsentNames, loads: ZoneLoads, key: string): void {
  loads.outdate(key)
  zones.drop(key)
  absent.remove(key)
  // Zones above learn that there may be one here now.
  for (let name = parentKey(key); name !== ''; name = parentKey(name)) {
    const above = zones.get(name)
    if (above !== undefined && isWithin(key, name)) noteSubZone(above, key)
  }
}

function changeZone(
  zones: LoadedZones,
  absent: AbsentNames,
  loads: ZoneLoads,
  key: string,
  [from, to]: [number, number],
  removed: readonly ResourceRecord[],
  added: readonly ResourceRecord[],
): DiffOutcome {
  loads.outdate(key)
  const zone = zones.get(key)
  if (zone === undefined) {
    absent.remove(key)
    return 'not-loaded'
  }
  if (zone.serial === to && from !== to) return 'changed'
  const before = zone.recordCount
  const changed = applyZoneDiff(zone, from, to, removed, added)
  zones.grew(zone.recordCount - before)
  if (!changed) forget(zones, absent, loads, key)
  return changed ? 'changed' : 'reloads'
}
