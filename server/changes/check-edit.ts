import {
  foldName,
  isAtOrBelow,
  namesInRdata,
  parentOf,
  sortKey,
  TYPE,
  validateAround,
  wireToName,
  type ZoneProblem,
} from '@zoneward/dns'
import { Fault } from '../fault.ts'
import type { StoredRecord, ZoneEdit } from './zone-record.ts'

/** What stands around the names that an edit touches, before it. */
export type Surroundings = {
  apex: string
  atNames(sortKeys: Buffer[]): Promise<StoredRecord[]>
  /** Some record below this name, none of these ids. */
  below(sortKey: Buffer, except: Set<string>): Promise<StoredRecord | undefined>
}

const mostTold = 50

/** What cannot, or should not, stand together after the edit; only what the edit touches is looked at. */
export async function checkEdit(
  around: Surroundings,
  edit: Pick<ZoneEdit, 'removed' | 'added'>,
): Promise<ZoneProblem[]> {
  const { apex } = around
  const names = namesAround(apex, edit)
  const gone = new Set(edit.removed.map((record) => record.id))
  const before = await around.atNames([...names].map((name) => Buffer.from(sortKey(name))))
  // The new ones last: messages blame the later of two.
  const staying = before.filter((record) => !gone.has(record.id))
  const after = Map.groupBy([...staying, ...edit.added], (record) => foldName(record.owner))
  const below = new Map<string, string>()
  for (const record of edit.added.filter(({ type }) => type === TYPE.DNAME)) {
    const found =
      edit.added.find((other) => other !== record && isBelow(other, record)) ??
      (await around.below(record.sort_key, gone))
    if (found) below.set(foldName(record.owner), found.owner)
  }
  const view = {
    apex,
    recordsAt: (name: string) => after.get(name) ?? [],
    firstBelow: (name: string) => below.get(name),
  }
  return validateAround(view, new Set([...edit.removed, ...edit.added].map((record) => record.owner)))
}

/** Throws the errors among the problems; the first is the sentence, all are listed. */
export function refuseErrors(problems: ZoneProblem[]): void {
  const errors = problems.filter((problem) => problem.severity === 'error')
  const [first] = errors
  if (!first) return
  const fields = errors.slice(0, mostTold).map(({ message }) => ({ path: 'data', message }))
  throw new Fault('conflict', first.message, { fields })
}

export function warningsOf(problems: ZoneProblem[]): string[] {
  return problems
    .filter((problem) => problem.severity === 'warning')
    .slice(0, mostTold)
    .map((problem) => problem.message)
}

function isBelow(record: StoredRecord, above: StoredRecord): boolean {
  const { length } = above.sort_key
  return record.sort_key.length > length && record.sort_key.subarray(0, length).equals(above.sort_key)
}

/** Every owner of the edit and every name in its data, with all names between them and the zone. */
function namesAround(apex: string, edit: Pick<ZoneEdit, 'removed' | 'added'>): Set<string> {
  const names = new Set<string>()
  const addWithAbove = (start: string) => {
    for (
      let name: string | undefined = foldName(start);
      name !== undefined && isAtOrBelow(name, apex);
      name = parentOf(name)
    ) {
      if (names.has(name)) return
      names.add(name)
    }
  }
  for (const record of edit.removed) addWithAbove(record.owner)
  for (const record of edit.added) {
    addWithAbove(record.owner)
    for (const { offset } of namesInRdata(record.type, record.rdata)) {
      const read = wireToName(record.rdata, offset)
      if ('name' in read) addWithAbove(read.name)
    }
  }
  return names
}
