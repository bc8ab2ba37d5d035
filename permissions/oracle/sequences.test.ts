import fc from 'fast-check'
import { expect, test } from 'vitest'
import { casesOf } from './cases.ts'
import { worldOf } from './compare-answers.ts'
import { firstScene } from './scene.ts'
import { command, seen } from './sequences.ts'

// Ten thousand take about 30 s of one core, a million 50 minutes.
const sequences = casesOf(10_000, 1_000_000)

test('after every step of every sequence the six answers are the oracle’s, and nobody gave what they do not hold', () => {
  fc.assert(
    fc.property(fc.commands([command], { maxCommands: 50, size: 'max' }), (commands) => {
      const live = { moment: { scene: firstScene, world: worldOf(firstScene) } }
      fc.modelRun(() => ({ model: live, real: live }), commands)
    }),
    { numRuns: sequences },
  )
  // Every kind of step is met, by people who may and by people who may not, and both answers are.
  expect(seen.kinds.size).toBe(17)
  expect(seen.steps).toBeGreaterThan(sequences * 10)
  expect(seen.byPeople).toBeGreaterThan(sequences)
  expect(seen.refusedSteps).toBeGreaterThan(sequences)
  expect(seen.allowed).toBeGreaterThan(sequences)
  expect(seen.refused).toBeGreaterThan(sequences)
}, 7_200_000)
