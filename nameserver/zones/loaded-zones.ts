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
  const zones = new Map<string, Zone>()
  let records = 0

  function drop(key: string): void {
    const zone = zones.get(key)
    if (zone === undefined) return
    zones.delete(key)
    records -= zone.recordCount
  }

  function evict(): void {
    for (const key of zones.keys()) {
      if (records <= maxRecords || zones.size === 1) return
      drop(key)
    }
  }

  return {
    get(key) {
      const zone = zones.get(key)
      if (zone === undefined) return undefined
      const second = Math.floor(Date.now() / 1000)
      if (zone.touched !== second) {
        zone.touched = second
        zones.delete(key)
        zones.set(key, zone)
      }
      return zone
    },
    put(zone) {
      drop(zone.key)
      zones.set(zone.key, zone)
      records += zone.recordCount
      evict()
    },
    drop,
    grew(by) {
      records += by
      evict()
    },
    clear() {
      zones.clear()
      records = 0
    },
    size: () => ({ zones: zones.size, records }),
  }
}
