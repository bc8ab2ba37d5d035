import type { Zone } from './zone-tree.ts'

/** The zones in memory, least recently asked first, together at most `maxRecords` records (or one single zone). */
export type LoadedZones = {
  /** The zone with this apex; being asked keeps it. */
  get(key: string): Zone | undefined
  put(zone: Zone): void
  drop(key: string): void
  /** To be called after a zone in memory has changed by so many records. */
  grew(by: number): void
  clear(): void
  size(): { zones: number; records: number }
}

export function createLoadedZones(maxRecords: number): LoadedZones {
  // A map keeps the order of insertion, so that moving a zone to its end makes it the most recently used.
  const held: Held = { zones: new Map(), records: 0, maxRecords }
  return {
    get(key) {
      const zone = held.zones.get(key)
      if (zone !== undefined) touch(held, zone)
      return zone
    },
    put(zone) {
      drop(held, zone.key)
      held.zones.set(zone.key, zone)
      held.records += zone.recordCount
      evict(held)
    },
    drop: (key) => drop(held, key),
    grew(by) {
      held.records += by
      evict(held)
    },
    clear() {
      held.zones.clear()
      held.records = 0
    },
    size: () => ({ zones: held.zones.size, records: held.records }),
  }
}

type Held = { zones: Map<string, Zone>; records: number; maxRecords: number }

/** To the second is exact enough, and spares most queries the move. */
function touch({ zones }: Held, zone: Zone): void {
  const second = Math.floor(Date.now() / 1000)
  if (zone.touched === second) return
  zone.touched = second
  zones.delete(zone.key)
  zones.set(zone.key, zone)
}

function drop(held: Held, key: string): void {
  const zone = held.zones.get(key)
  if (zone === undefined) return
  held.zones.delete(key)
  held.records -= zone.recordCount
}

function evict(held: Held): void {
  for (const key of held.zones.keys()) {
    if (held.records <= held.maxRecords || held.zones.size === 1) return
    drop(held, key)
  }
}
