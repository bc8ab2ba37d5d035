import { permissionIds } from '@zoneward/permissions'
import { expect } from 'vitest'
import { judge } from './judge.ts'
import type { Live } from './live.ts'
import type { Look, Probe } from './look.ts'
import { type Asked, ok, searchAll } from './questions.ts'
import type { Place } from './read-world.ts'
import { count } from './tally.ts'

type Question = Asked & { subjectId: string; place: Place }

/** In the words of AuthZEN: an evaluation, many, and the three searches to their ends. */
export async function compareAuthzen({ owner, world }: Live, look: Look, probe: Probe): Promise<void> {
  const { subjectId, permission, place } = probe
  const post = async (what: string, body: unknown) => ok(await owner.post(`/access/v1/${what}`, body))
  const many: Question[] = world.people.flatMap(({ id }) => [
    { ...probe, subjectId: id },
    { ...probe, subjectId: id, place: world.places.at(look.place % world.places.length) ?? place, record: undefined },
  ])
  const { decision } = await post('evaluation', wordsOf(probe))
  expect(decision, JSON.stringify(wordsOf(probe))).toBe(judge(world, probe) > 0)
  const { evaluations } = await post('evaluations', { evaluations: many.map(wordsOf) })
  const decisions = evaluations.map((each: { decision: boolean }) => each.decision)
  expect(decisions, JSON.stringify(many.map(wordsOf))).toEqual(many.map((each) => judge(world, each) > 0))
  count('evaluations', many.length + 1)

  const { subject, action, resource } = wordsOf(probe)
  const idsOf = (found: readonly { id: string }[]) => found.map(({ id }) => id).sort()
  const subjects = await searchAll<{ id: string }>(
    owner,
    'subject',
    { subject: { type: 'user' }, action, resource },
    look.limit,
  )
  const able = world.people.filter(({ id }) => judge(world, { ...probe, subjectId: id }) > 0)
  expect(idsOf(subjects), JSON.stringify({ action, resource })).toEqual(idsOf(able))

  const within = { subject, action, resource: { type: place.kind } }
  const resources = await searchAll<{ id: string }>(owner, 'resource', within, look.limit)
  const held = world.places.filter(
    (each) => each.kind === place.kind && judge(world, { subjectId, permission, place: each }) > 0,
  )
  expect(idsOf(resources), JSON.stringify(within)).toEqual(idsOf(held))

  const actions = await searchAll<{ name: string }>(owner, 'action', { subject, resource }, look.limit * 10)
  const may = permissionIds.filter((each) => judge(world, { ...probe, permission: each }) > 0)
  expect(actions.map(({ name }) => name).sort(), JSON.stringify({ subject, resource })).toEqual([...may].sort())
  count('searches', 3)
}

function wordsOf({ subjectId, permission, place, record }: Question) {
  const whole = { type: place.kind, id: place.id }
  const resource = record === undefined ? whole : { type: 'record', id: `${place.id}/${record.name}/${record.type}` }
  return { subject: { type: 'user', id: subjectId }, action: { name: permission }, resource }
}
