import { foldName, isAtOrBelow, parentOf } from '../names/name-labels.ts'
import { wireToName } from '../names/parse-name.ts'
import type { ResourceRecord } from '../rdata/resource-record.ts'
import { TYPE, typeName } from '../rdata/type-numbers.ts'
import type { ZoneView } from './validate-zone.ts'
import { shownName, type ZoneProblem } from './zone-problem.ts'

/** What is wrong between the records of one name and those above, below and pointed to. */
export function checkSurroundings(view: ZoneView, records: readonly ResourceRecord[], folded: string): ZoneProblem[] {
  const problems: ZoneProblem[] = []
  checkAbove(view, records, folded, problems)
  checkBelow(view, records, problems)
  for (const record of records) checkTarget(view, record, folded, problems)
  return problems
}

// RFC 6672 §2.4: nothing may stand below a DNAME; what stands below a delegation is never answered, except addresses.
function checkAbove(view: ZoneView, records: readonly ResourceRecord[], folded: string, out: ZoneProblem[]): void {
  const first = records[0]
  const apex = foldName(view.apex)
  if (first === undefined || folded === apex) return
  const { owner, type } = first
  for (let name = parentOf(folded); name !== undefined; name = name === apex ? undefined : parentOf(name)) {
    const above = view.recordsAt(name)
    if (typesOf(above).has(TYPE.DNAME)) {
      const where = shownName(name, view.apex)
      const message = `Cannot add ${typeName(type)} at ${shownName(owner, view.apex)}: everything below ${where} is redirected by its DNAME`
      out.push({ severity: 'error', code: 'below-dname', owner, type, message })
    }
    const hidden = records.find((one) => one.type !== TYPE.A && one.type !== TYPE.AAAA)
    if (name !== apex && hidden !== undefined && typesOf(above).has(TYPE.NS)) {
      const message = `${typeName(hidden.type)} at ${shownName(owner, view.apex)} is never answered: ${shownName(name, view.apex)} is delegated to other name servers`
      out.push({ severity: 'warning', code: 'below-delegation', owner, type: hidden.type, message })
    }
  }
}

function checkBelow(view: ZoneView, records: readonly ResourceRecord[], out: ZoneProblem[]): void {
  const redirect = view.firstBelow === undefined ? undefined : records.find(({ type }) => type === TYPE.DNAME)
  const below = redirect === undefined ? undefined : view.firstBelow?.(foldName(redirect.owner))
  if (redirect === undefined || below === undefined) return
  const { owner } = redirect
  const message = `Cannot add DNAME at ${shownName(owner, view.apex)}: there are records below it, at ${shownName(below, view.apex)}`
  out.push({ severity: 'error', code: 'below-dname', owner, type: TYPE.DNAME, message })
}

// Where the name of a server begins in the data; these must not be aliases (RFC 2181 §10.3, RFC 2782).
const TARGET_AT: Readonly<Record<number, number>> = { [TYPE.NS]: 0, [TYPE.MX]: 2, [TYPE.SRV]: 6 }

function checkTarget(view: ZoneView, record: ResourceRecord, folded: string, out: ZoneProblem[]): void {
  const at = TARGET_AT[record.type]
  const read = at === undefined ? undefined : wireToName(record.rdata, at)
  if (read === undefined || !('name' in read) || read.name === '.') return
  const target = foldName(read.name)
  if (!isAtOrBelow(target, view.apex)) return
  const there = typesOf(view.recordsAt(target))
  const { owner, type } = record
  const says = `${typeName(type)} at ${shownName(owner, view.apex)} points to ${shownName(read.name, view.apex)}`
  if (there.has(TYPE.CNAME)) {
    const message = `${says}, which is an alias (CNAME); servers must be named directly`
    out.push({ severity: 'warning', code: 'target-is-alias', owner, type, message })
  } else if (type === TYPE.NS && needsAddress(view, folded, target) && !there.has(TYPE.A) && !there.has(TYPE.AAAA)) {
    const message = `${says}, which has no A or AAAA record here: add its address (glue)`
    out.push({ severity: 'warning', code: 'missing-address', owner, type, message })
  }
}

// A server below another delegation gets its address from there.
function needsAddress(view: ZoneView, owner: string, target: string): boolean {
  const apex = foldName(view.apex)
  for (let name: string | undefined = target; name !== undefined && name !== apex; name = parentOf(name)) {
    if (name === owner) return true
    if (typesOf(view.recordsAt(name)).has(TYPE.NS)) return false
  }
  return true
}

const typesKnown = new WeakMap<readonly ResourceRecord[], ReadonlySet<number>>()

// A name with very many records is looked at once, not once for each record that points to it or stands below it.
function typesOf(records: readonly ResourceRecord[]): ReadonlySet<number> {
  const known = typesKnown.get(records)
  if (known !== undefined) return known
  const types = new Set(records.map(({ type }) => type))
  typesKnown.set(records, types)
  return types
}
