import type { ResourceRecord } from '@zoneward/dns'

/** A whole zone as its source hands it over. Names are normal and absolute: `parseName` makes them so. */
export type ServedZone = {
  apex: string
  serial: number
  records: ResourceRecord[]
  /**
   * The apexes of the served zones below this one, at any depth. The server only looks for a deeper zone than a loaded
   * one where these say that there is one.
   */
  subZones: string[]
}

/** All that the name server knows of where zones live. Both may fail by rejecting: clients then get SERVFAIL. */
export type ZoneSource = {
  /** Which of these folded names, deepest first, is the deepest apex of a served zone; null when none is. */
  locate(candidates: string[]): Promise<string | null>
  /** The zone with this folded apex; null when it is gone. */
  load(apex: string): Promise<ServedZone | null>
}
