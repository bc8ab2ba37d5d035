// Every answer of the product to one question, against the slow oracle's and so against each other.

import type { Permission } from '@zoneward/permissions'
import { expect } from 'vitest'
import { oracleCovers } from '../../../permissions/oracle/oracle.ts'
import type { Caller } from '../../../test/product.ts'
import { nth } from './choose.ts'
import { compareAuthzen } from './compare-authzen.ts'
import { compareExplanation } from './compare-explanation.ts'
import { judge, judgeByKey, judgeLevel, judgeSome, refOf, without } from './judge.ts'
import type { Live } from './live.ts'
import { type Look, momentOf, type Probe, probeOf, recordAt } from './look.ts'
import { type Asked, check, ok, pagesOf } from './questions.ts'
import { type Place, readPattern, readWorld } from './read-world.ts'
import { askedPermissions } from './steps.ts'
import { count } from './tally.ts'

export async function compareAnswers(live: Live, look: Look): Promise<void> {
  const moment = momentOf(live.world, look)
  if (moment !== null) {
    await live.clock(moment)
    count('looks at the moment of a beginning or an end')
  }
  try {
    live.world = await readWorld(live.product, live.org)
    const probe = probeOf(live.world, look)
    if (probe === null) return
    await compareChecks(live, look, probe)
    await compareLists(live, look, probe)
    await compareOwn(live, look, probe)
    await compareHolders(live, look, probe)
    await compareExplanation(live, probe)
    await compareAuthzen(live, look, probe)
    count('looks')
  } finally {
    if (moment !== null) await live.clock(null)
  }
}

/** Everybody everywhere about this, and this one everywhere about everything; some asked twice, in other letters. */
async function compareChecks({ owner, world }: Live, look: Look, { subjectId, permission }: Probe): Promise<void> {
  const everybody = world.people.flatMap(({ id }) =>
    world.places.flatMap((place) => [
      { subjectId: id, permission, place },
      { subjectId: id, permission, place, record: recordAt(place, look) },
    ]),
  )
  const everything = world.places.flatMap((place) =>
    askedPermissions.map((each) => ({ subjectId, permission: each, place, record: recordAt(place, look) })),
  )
  const asked = [...everybody, ...everything].flatMap((each, index) =>
    (index + look.person) % 7 === 0 ? [each, inCapitals(each), each] : [each],
  )
  const answers = await check(owner, asked)
  expect(answers).toHaveLength(asked.length)
  for (const [index, question] of asked.entries()) {
    const level = judge(world, { ...question, subjectId: question.subjectId.toLowerCase() })
    const expected = { allowed: level > 0, review_required: level === 1 }
    expect(answers[index], JSON.stringify(question)).toEqual(expected)
    count(level > 0 ? 'checks allowed' : 'checks refused')
  }
}

type Question = Asked & { subjectId: string; place: Place }

function inCapitals({ place, ...question }: Question): Question {
  return { ...question, subjectId: question.subjectId.toUpperCase(), place: { ...place, id: place.id.toUpperCase() } }
}

type Listed = { id: string; patterns: { names: string[]; types?: string[] }[] | null }

/** Where they hold it: every place once, with the records of each. */
async function compareLists({ owner, world }: Live, { limit }: Look, probe: Probe): Promise<void> {
  const { subjectId, permission, place } = probe
  for (const kind of new Set(['zone' as const, place.kind])) {
    const query = { permission, kind, subject_id: subjectId }
    const listed = await pagesOf<Listed>(owner, '/v1/access/resources', query, limit)
    const places = world.places.filter((each) => each.kind === kind)
    const held = places.filter((each) => judgeSome(world, subjectId, permission, each))
    expectSame(listed, held, JSON.stringify(query))
    for (const each of held)
      comparePatterns(
        world,
        probe,
        each,
        listed.find(({ id }) => id === each.id),
      )
    count('lists')
    count('places listed', listed.length)
  }
  const query = new URLSearchParams({ subject_id: subjectId, resource_kind: place.kind, resource_id: place.id })
  const held: { permission: Permission; review_required: boolean }[] = ok(
    await owner.get(`/v1/access/permissions?${query}`),
  ).items
  const names = new Set(held.map((each) => each.permission))
  for (const { permission: each, review_required } of held) {
    const level = judgeLevel(world, subjectId, each, place)
    // Held for some records only, there is no one answer.
    if (level > 0) expect([each, review_required]).toEqual([each, level === 1])
  }
  for (const each of askedPermissions) {
    expect([each, subjectId, place.id, names.has(each)]).toEqual([
      each,
      subjectId,
      place.id,
      judgeSome(world, subjectId, each, place),
    ])
  }
}

function comparePatterns(
  world: Live['world'],
  { subjectId, permission, record }: Probe,
  place: Place,
  row?: Listed,
): void {
  const patterns = row?.patterns ?? null
  const isNarrow = permission.startsWith('records.') || permission.startsWith('changes.')
  const someOnly = permission === 'records.view' || judgeLevel(world, subjectId, permission, place) === 0
  if (isNarrow && !someOnly) expect(patterns, `${permission} ${place.id}`).toBe(null)
  if (!isNarrow || place.kind !== 'zone' || record === undefined || record.type === 'NS') return
  const ref = refOf(record)
  const covered = patterns?.some(({ names, types }) =>
    names.some((text) => oracleCovers(readPattern(text, types ?? 'all'), ref.labels, ref.type)),
  )
  const words = JSON.stringify({ subjectId, permission, place: place.id, record, patterns })
  expect(covered ?? true, words).toBe(judgeLevel(world, subjectId, permission, place, ref) > 0)
}

function expectSame(listed: readonly { id: string }[], held: readonly { id: string }[], words: string): void {
  expect(listed.map(({ id }) => id).sort(), words).toEqual(held.map(({ id }) => id).sort())
}

/** What they are told about themselves, in their browser and by a key that was made before. */
async function compareOwn(
  { world, browsers, keys }: Live,
  { limit, person: turn }: Look,
  { subjectId, permission, record, place }: Probe,
): Promise<void> {
  for (const [id, gone] of browsers) {
    if (world.people.some((person) => person.id === id)) continue
    expect([401, 403]).toContain((await gone.get('/v1/zones')).status)
    count('people who are gone')
  }
  const zones = world.places.filter(({ kind }) => kind === 'zone')
  const browser = browsers.get(subjectId)
  if (browser !== undefined) {
    const listed = await pagesOf<{ id: string; level: string }>(browser, '/v1/zones', {}, limit)
    const seen = zones.filter((zone) => judge(world, { subjectId, permission: 'zones.view', place: zone }) > 0)
    expectSame(listed, seen, `zones of ${subjectId}`)
    const held = await pagesOf<Listed>(browser, '/v1/access/resources', { permission, kind: place.kind }, limit)
    const places = world.places.filter(
      (each) => each.kind === place.kind && judgeSome(world, subjectId, permission, each),
    )
    expectSame(held, places, `${permission} of ${subjectId}`)
    const [answer] = await check(browser, [{ permission, place, record }])
    expect(answer?.allowed).toBe(judge(world, { subjectId, permission, place, record }) > 0)
    count('own lists', 2)
  }
  const ownKey = nth([...keys], turn)
  if (ownKey !== undefined) await compareKey(world, ...ownKey)
}

/** What a key may that was made before anything happened: what its owner may now, if that opens the API. */
async function compareKey(world: Live['world'], ownerId: string, key: Caller): Promise<void> {
  const zones = world.places.filter(({ kind }) => kind === 'zone')
  const may = (each: Place, wanted: Permission) =>
    judgeByKey(world, { subjectId: ownerId, permission: wanted, place: each })
  const answer = await key.get('/v1/zones?limit=1000')
  const listed: { id: string }[] = answer.status === 200 ? answer.body.items : []
  if (answer.status !== 200) expect([401, 403], answer.text).toContain(answer.status)
  expectSame(
    listed,
    zones.filter((zone) => may(zone, 'zones.view')),
    `zones by the key of ${ownerId}`,
  )
  count('lists by key')
  if (answer.status !== 200) return
  const asked = world.places.flatMap((each) => askedPermissions.map((wanted) => ({ permission: wanted, place: each })))
  const answers = await check(key, asked)
  const told = asked.map((each, index) => ({ ...each, allowed: answers[index]?.allowed }))
  const wrong = told.filter((each) => each.allowed !== may(each.place, each.permission))
  const words = wrong.map(({ permission, place, allowed }) => `${ownerId} ${permission} ${place.name} ${allowed}`)
  expect(words).toEqual([])
  count('checks by key', asked.length)
}

type Holder = { subject: { id: string }; grant_id: string }

/** Who may: everybody, each grant once; and without these grants none of them. */
async function compareHolders(
  { owner, world }: Live,
  { limit }: Look,
  { permission, place, record }: Probe,
): Promise<void> {
  for (const of of record === undefined ? [undefined] : [undefined, record]) {
    const query = {
      ...{ permission, resource_kind: place.kind, resource_id: place.id },
      ...(of === undefined ? {} : { record_name: of.name, record_type: of.type }),
    }
    const rows = await pagesOf<Holder>(owner, '/v1/access/holders', query, limit)
    const keys = rows.map(({ subject, grant_id }) => `${subject.id} ${grant_id}`)
    expect(new Set(keys).size, JSON.stringify(query)).toBe(keys.length)
    const may = (in_: typeof world, id: string) =>
      of === undefined
        ? judgeSome(in_, id, permission, place)
        : judge(in_, { subjectId: id, permission, place, record: of }) > 0
    const able = world.people.filter(({ id }) => may(world, id)).map(({ id }) => id)
    expect([...new Set(rows.map(({ subject }) => subject.id))].sort(), JSON.stringify(query)).toEqual(able.sort())
    for (const id of able) {
      const named = rows.filter(({ subject }) => subject.id === id).map(({ grant_id }) => grant_id)
      expect(may(without(world, named), id), JSON.stringify({ query, id, named })).toBe(false)
    }
    count('lists of holders')
    count('holders', able.length)
  }
}
