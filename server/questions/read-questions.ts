import type { ParsedBody } from '@zoneward/api'
import {
  type AccessRequest,
  isPermission,
  type Permission,
  type Resource,
  recordPermission,
} from '@zoneward/permissions'
import { askerOf } from '../access/authorize.ts'
import { findTarget } from '../access/describe-subjects.ts'
import { findResources, type NamedResource } from '../access/find-resource.ts'
import { customersAbove, type HeldAccess, heldAccess, loadAccess } from '../access/held-access.ts'
import { accessLabels, recordRef } from '../access/record-ref.ts'
import type { Tx } from '../database/pools.ts'
import { invalidField, notFound } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'

export type Question = ParsedBody<'access.explain'>
type Asking = ActorRequest<'access.check'> | ActorRequest<'access.explain'>

/** A question with everything that the core wants to answer it; `place` null where there is nothing of that id. */
export type ReadQuestion = {
  place: NamedResource | null
  request: AccessRequest | null
  held: HeldAccess
  /** Whose rights are asked about; null for the caller's own. */
  subjectName: string | null
}

/** Whoever asks about another needs `grants.view` at the resource; about oneself nothing is needed. */
export async function readQuestions(
  tx: Tx,
  asking: Asking,
  questions: readonly Question[],
  pathOf: (index: number) => string,
): Promise<ReadQuestion[]> {
  const { actor } = asking
  const permissions = questions.map(({ permission }, index) => readPermission(permission, `${pathOf(index)}permission`))
  // Many questions are about the same thing.
  const asked = new Map(questions.map(({ resource }) => [`${resource.kind} ${resource.id}`, resource]))
  const places = await findResources(tx, actor.orgId, [...asked.values()])
  const placeOf = ({ resource }: Question) => places.get(`${resource.kind} ${resource.id.toLowerCase()}`) ?? null
  const isOther = ({ subject_id }: Question) => subject_id !== undefined && subject_id !== actor.subjectId
  await mayAskAbout(tx, asking, questions.filter(isOther).map(placeOf))
  const askers = await askersOf(tx, asking, questions.filter(isOther), [...places.values()])
  return questions.map((question, index) => {
    const place = placeOf(question)
    const asker = askers.get(isOther(question) ? (question.subject_id ?? '') : actor.subjectId)
    const permission = permissions[index]
    if (!asker || permission === undefined) throw notFound()
    const { held, subjectName } = asker
    if (place === null) return { place, held, subjectName, request: null }
    const about = aboutRecord(question, place, permission, pathOf(index))
    return { place, held, subjectName, request: { ...asker.asker, ...about } }
  })
}

export function readPermission(text: string, path: string): Permission {
  if (isPermission(text)) return text
  throw invalidField(path, `There is no permission "${text}": GET /v1/permissions lists them all.`)
}

/** To write SOA, apex NS or a DMARC policy is a permission of its own: that one is meant by `records.write`. */
export function aboutRecord(
  { record }: Pick<Question, 'record'>,
  { resource, name }: NamedResource,
  permission: Permission,
  path: string,
): { permission: Permission; resource: Resource } {
  if (!record) return { permission, resource }
  const ref = recordRef(record, `${path}record`)
  const narrowed = { ...resource, record: ref }
  if (resource.kind !== 'zone') return { permission, resource: narrowed }
  const apexLabels = accessLabels(name === '.' ? name : `${name}.`)
  if (!liesBelow(ref.labels, apexLabels)) {
    const message = `"${record.name}" does not lie in the zone ${name}: write it in full, such as www.${name}.`
    throw invalidField(`${path}record.name`, message)
  }
  if (permission !== 'records.write') return { permission, resource: narrowed }
  return { permission: recordPermission({ ...ref, apexLabels }), resource: narrowed }
}

function liesBelow(labels: readonly string[], apex: readonly string[]): boolean {
  const skipped = labels.length - apex.length
  return skipped >= 0 && apex.every((label, place) => labels[skipped + place] === label)
}

async function mayAskAbout(tx: Tx, asking: Asking, places: (NamedResource | null)[]): Promise<void> {
  const asked = new Set<string>()
  for (const place of places) {
    const key = place ? `${place.resource.kind} ${place.resource.id}` : ''
    if (asked.has(key)) continue
    asked.add(key)
    await asking.authorize(tx, 'grants.view', place?.resource ?? null)
  }
}

type Asker = Pick<ReadQuestion, 'held' | 'subjectName'> & { asker: ReturnType<typeof askerOf> }

async function askersOf(
  tx: Tx,
  { actor }: Asking,
  others: readonly Question[],
  places: NamedResource[],
): Promise<Map<string, Asker>> {
  const own = await heldAccess(tx, actor)
  const askers = new Map<string, Asker>([
    [actor.subjectId, { asker: askerOf(actor, own), held: own, subjectName: null }],
  ])
  for (const id of new Set(others.flatMap(({ subject_id }) => subject_id ?? []))) {
    const target = await findTarget(tx, actor, id)
    const [subject] = target?.people ?? []
    if (!target || !subject) throw notFound()
    const held = await loadAccess(tx, {
      orgId: actor.orgId,
      subjectIds: [subject.id, ...subject.teamIds],
      realm: subject.realm,
      customerIds: [...new Set(places.flatMap(({ resource }) => customersAbove(resource)))],
    })
    const asker = { subject, now: actor.now, channel: 'interface' as const, ceilings: { customers: held.customers } }
    askers.set(id, { asker, held, subjectName: target.shown.name })
  }
  return askers
}
