import type { AbsentNames } from './absent-names.ts'
import { buildZone } from './build-zone.ts'
import type { LoadedZones } from './loaded-zones.ts'
import { isWithin, keyOfName, nameOfKey, parentKey } from './name-key.ts'
import { createTurns } from './take-turns.ts'
import type { ZoneSource } from './zone-source.ts'

// After a failure the source is left alone for a moment; meanwhile the zone's queries get SERVFAIL.
const PAUSE_MS = 1000
// A zone that keeps changing while it loads is loaded again, this often.
const MAX_ATTEMPTS = 5
// The source is a database that others use too: a flood of unknown names must not take all its connections.
const LOCATES_AT_A_TIME = 16
const LOADS_AT_A_TIME = 4

/** The questions to the source that are under way: one for a name and one for a zone, however many wait for it. */
export type ZoneLoads = {
  /** Finds the deepest zone for a name and loads it, or notes that there is none. False when the source failed. */
  ask(key: string): Promise<boolean>
  /** What is being read of this zone is no longer true. */
  outdate(key: string): void
  outdateAll(): void
}

type UnderWay = { done: Promise<boolean>; outdated: boolean }

export function createZoneLoads(
  source: ZoneSource,
  zones: LoadedZones,
  absent: AbsentNames,
  onError: (zone: string, error: unknown) => void,
): ZoneLoads {
  const [locates, loads] = [createTurns(LOCATES_AT_A_TIME), createTurns(LOADS_AT_A_TIME)]
  const gentle: ZoneSource = {
    locate: (candidates) => locates(() => source.locate(candidates)),
    load: (apex) => loads(() => source.load(apex)),
  }
  const [located, loading, failed] = [new Map(), new Map(), new Map()]
  const state: State = { source: gentle, zones, absent, onError, located, loading, failed }
  return {
    ask: (key) => once(state.located, key, (mark) => locateZone(state, key, mark)),
    outdate(key) {
      state.failed.delete(key)
      for (const [name, mark] of state.located) if (isWithin(name, key)) mark.outdated = true
      const mark = state.loading.get(key)
      if (mark !== undefined) mark.outdated = true
    },
    outdateAll() {
      state.failed.clear()
      for (const mark of [...state.located.values(), ...state.loading.values()]) mark.outdated = true
    },
  }
}

type State = {
  source: ZoneSource
  zones: LoadedZones
  absent: AbsentNames
  onError: (zone: string, error: unknown) => void
  located: Map<string, UnderWay>
  loading: Map<string, UnderWay>
  /** Until when a zone that failed is not asked for again, in milliseconds since 1970. */
  failed: Map<string, number>
}

function once(running: Map<string, UnderWay>, key: string, start: (mark: UnderWay) => Promise<boolean>) {
  const known = running.get(key)
  if (known !== undefined) return known.done
  const mark: UnderWay = { done: Promise.resolve(false), outdated: false }
  running.set(key, mark)
  mark.done = start(mark).finally(() => running.delete(key))
  return mark.done
}

async function locateZone(state: State, key: string, mark: UnderWay): Promise<boolean> {
  const candidates: string[] = []
  for (let name = key; name !== ''; name = parentKey(name)) candidates.push(nameOfKey(name))
  let apex: string | null
  try {
    apex = await state.source.locate(candidates)
  } catch (error) {
    state.onError(candidates[0] ?? '.', error)
    return false
  }
  const apexKey = apex === null ? '' : keyOfName(apex)
  // The answer may be from before the change; the caller looks again and asks again.
  if (mark.outdated) return true
  for (let name = key; name !== apexKey && name !== ''; name = parentKey(name)) state.absent.add(name)
  if (apexKey === '' || state.zones.get(apexKey) !== undefined) return true
  return once(state.loading, apexKey, (load) => loadZone(state, apexKey, load))
}

async function loadZone(state: State, key: string, mark: UnderWay): Promise<boolean> {
  if ((state.failed.get(key) ?? 0) > Date.now()) return false
  const apex = nameOfKey(key)
  try {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      mark.outdated = false
      const served = await state.source.load(apex)
      const built = served === null ? null : await buildZone(served)
      if (mark.outdated) continue
      state.failed.delete(key)
      if (built === null) state.absent.add(key)
      else if ('error' in built) throw new Error(built.error)
      else state.zones.put(built.zone)
      return true
    }
    throw new Error('it changed each time it was read')
  } catch (error) {
    noteFailure(state, key)
    state.onError(apex, error)
    return false
  }
}

function noteFailure(state: State, key: string): void {
  for (const [name, until] of state.failed) if (until < Date.now()) state.failed.delete(name)
  state.failed.set(key, Date.now() + PAUSE_MS)
}
