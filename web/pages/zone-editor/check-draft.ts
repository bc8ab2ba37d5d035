import { foldName, parseRdata, type ResourceRecord, typeNumber, validateAround } from '@zoneward/dns'
import { fieldsOf } from './draft.ts'
import { absoluteOwner, bare, doubledName, type Values, type ZoneRecord } from './record.ts'
import { sentence } from './sentence.ts'
import type { Staged } from './staging.ts'

/** The zone as it would be with what is staged, looked up by folded name. */
export type ZoneIndex = { apex: string; at: (folded: string) => Standing[] }
export type Standing = Values & { id: string }

/** Looks records up by name, with the staged edits in place. Built once for a list, in time that grows with it. */
export function indexZone(apex: string, records: readonly ZoneRecord[], staged: Staged): ZoneIndex {
  const names = new Map<string, Standing[]>()
  const put = (record: Standing, name = absoluteOwner(record.owner, apex)) => {
    const key = foldName(name)
    const there = names.get(key)
    if (there) there.push(record)
    else names.set(key, [record])
  }
  for (const record of records) {
    const edit = staged.get(record.id)
    if (!edit) put(record, record.name === '.' ? '.' : `${record.name}.`)
    else if (edit.op === 'update') put({ id: edit.id, ...edit.values })
  }
  for (const edit of staged.values()) if (edit.op === 'create') put({ id: edit.id, ...edit.values })
  return { apex, at: (folded) => names.get(folded) ?? [] }
}

export type Advice = { errors: string[]; hints: string[] }

/** What cannot stand, or may not be meant, if these values stood in the zone in place of the record `id`. */
export function adviseOn(index: ZoneIndex, id: string | null, values: Values): Advice {
  const { apex } = index
  const name = absoluteOwner(values.owner, apex)
  const key = foldName(name)
  const others = index.at(key).filter((record) => record.id !== id)
  const errors: string[] = []
  const hints: string[] = []
  const meant = doubledName(name, apex)
  if (meant !== undefined) hints.push(`This would be ${bare(name)}, with the zone’s name twice. You may mean ${meant}.`)
  hints.push(...shortTargets(values, apex))
  const view = {
    apex,
    recordsAt: (folded: string) =>
      (folded === key ? [...others, { ...values, id: '' }] : index.at(folded)).flatMap((one) => wireOf(one, apex)),
  }
  for (const problem of validateAround(view, [name])) {
    if (problem.code === 'ttl-conflict' || problem.code === 'missing-soa' || problem.code === 'missing-ns') continue
    if (problem.severity === 'error') errors.push(problem.message)
    else if (problem.type === typeNumber(values.type)) hints.push(problem.message)
  }
  const set = others.filter(({ type, ttl }) => type === values.type && ttl !== values.ttl)
  if (set.length > 0)
    hints.push(
      `A TTL holds for all ${values.type} records of this name: ${set.length} more will have ${values.ttl} too.`,
    )
  return { errors: errors.map(sentence), hints }
}

/** Names in the data that end up inside the zone although they look like whole names. */
function shortTargets(values: Values, apex: string): string[] {
  if (apex === '.') return []
  const names = fieldsOf(values.type).some(({ kind }) => kind === 'name')
  if (!names) return []
  const doubled = values.data.split(' ').filter((word) => word.endsWith('.') && doubledName(word, apex) !== undefined)
  return doubled.map(
    (word) => `${bare(word)} has the zone’s name twice. End a whole name with a dot: ${doubledName(word, apex)}.`,
  )
}

function wireOf(record: Values, apex: string): ResourceRecord[] {
  const type = typeNumber(record.type)
  const parsed = type === undefined ? undefined : parseRdata(type, record.data, apex)
  if (type === undefined || parsed === undefined || 'error' in parsed) return []
  return [{ owner: absoluteOwner(record.owner, apex), ttl: record.ttl, type, rdata: parsed.rdata }]
}
