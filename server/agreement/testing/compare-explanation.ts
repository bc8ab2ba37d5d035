import type { Grant, Scope } from '@zoneward/permissions'
import { expect } from 'vitest'
import { type Preview, patternOf } from './compare-preview.ts'
import { judge, wantedFor, without } from './judge.ts'
import type { Live } from './live.ts'
import type { Probe } from './look.ts'
import { bodyOf, ok } from './questions.ts'
import { count } from './tally.ts'

type Explanation = {
  allowed: boolean
  reasons: { grant_id: string }[]
  smallest_grant: { role_id: string; scope: Scope; sentence: string } | null
}

/** Without all that an explanation names, the answer is another; with what it proposes too, also when it is given. */
export async function compareExplanation(live: Live, probe: Probe): Promise<void> {
  const { owner, world } = live
  const explained: Explanation = ok(await owner.post('/v1/access/explanations', bodyOf(probe)))
  const words = JSON.stringify({ ...bodyOf(probe), explained })
  expect(explained.allowed, words).toBe(judge(world, probe) > 0)
  if (explained.allowed) {
    const named = explained.reasons.map(({ grant_id }) => grant_id)
    expect(judge(without(world, named), probe), words).toBe(0)
    count('explanations of what is allowed')
  } else if (explained.smallest_grant !== null) {
    const { role_id: roleId, scope, sentence } = explained.smallest_grant
    const texts = /, for (.*) only would allow it\.$/.exec(sentence)?.[1]?.split(', ')
    const patterns = texts?.map(patternOf)
    const grant: Grant = { id: 'new', subjectId: probe.subjectId, roleId, scope, ...(patterns ? { patterns } : {}) }
    expect(judge({ ...world, grants: [...world.grants, grant] }, probe), words).toBeGreaterThan(0)
    count('explanations of what is refused')
    await comparePreviewOf(live, probe, { roleId, scope, texts: texts ?? null }, words)
  }
}

type Proposal = { roleId: string; scope: Scope; texts: string[] | null }

/** Given in a preview, the proposed grant gives what was missing. */
async function comparePreviewOf(
  { owner }: Live,
  probe: Probe,
  { roleId, scope, texts }: Proposal,
  words: string,
): Promise<void> {
  const { subjectId, permission, place, record } = probe
  const patterns = texts?.map((text) => {
    const [, name, types] = /^(.*?)(?: ([A-Z0-9,]+))?$/.exec(text) ?? []
    return { names: [name], ...(types === undefined ? {} : { types: types.split(',') }) }
  })
  const body = {
    subject_id: subjectId,
    role_id: roleId,
    scope: { kind: scope.kind, id: scope.id },
    patterns: patterns ?? null,
  }
  const steps = [{ operation: 'grants.create', body }]
  const preview: Preview & { refusals: unknown[] } = ok(await owner.post('/v1/access/previews', { steps }))
  if (preview.refusals.length > 0) {
    count('proposed grants that are refused')
    return
  }
  const wanted = wantedFor(permission, place, record)
  const gained = preview.differences.flatMap((each) =>
    each.subject.id === subjectId && each.resource.id === scope.id ? each.gained : [],
  )
  expect(
    gained.some((each) => each.permission === wanted && each.from === null),
    words,
  ).toBe(true)
  count('proposed grants that are previewed')
}
