import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Product, startProduct } from '../../test/product.ts'
import { type Clock, installClock } from './testing/clock.ts'
import { compareAnswers } from './testing/compare-answers.ts'
import { beginLive, type Live } from './testing/live.ts'
import { type Look, look } from './testing/look.ts'
import { askedPermissions, type Step, step } from './testing/steps.ts'
import { takeStep } from './testing/take-step.ts'
import { tally } from './testing/tally.ts'

// Sequences of steps on the running product. After each, one question is asked in every way that there is, and all
// answers have to be those of a slow oracle that is fed with the rows of the database. On failure fast-check prints the
// seed, the path and the shortest sequence that fails: ZONEWARD_TEST_SEED with that number runs it again.

const long = process.env['ZONEWARD_LONG'] !== undefined
const sequences = Number(process.env['ZONEWARD_SEQUENCES'] ?? (long ? 1_000 : 14))
// Every day the same, so that a mistake shows where it was made; the long run looks further each time.
const seed = process.env['ZONEWARD_TEST_SEED'] ?? (long ? undefined : '11')

let product: Product
let clock: Clock

beforeAll(async () => {
  product = await startProduct()
  clock = await installClock(product)
})
afterAll(() => product?.stop())

type Model = { steps: number }

class StepThenLook implements fc.AsyncCommand<Model, Live> {
  readonly step: Step
  readonly look: Look

  constructor(taken: Step, looked: Look) {
    this.step = taken
    this.look = looked
  }

  check(): boolean {
    return true
  }

  async run(model: Model, live: Live): Promise<void> {
    model.steps += 1
    await takeStep(live, this.step, [this.look.permission, ...askedPermissions.slice(0, 3)])
    await compareAnswers(live, this.look)
  }

  toString(): string {
    return JSON.stringify({ step: this.step, look: this.look })
  }
}

const command = fc.tuple(step, look).map(([taken, looked]) => new StepThenLook(taken, looked))

test('after every step of every sequence all answers of the product are those of the slow oracle', async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands([command], { maxCommands: 24, size: 'max' }), async (commands) => {
      const setup = async () => ({ model: { steps: 0 }, real: await beginLive(product, clock) })
      await fc.asyncModelRun(setup, commands)
    }),
    {
      numRuns: sequences,
      ...(seed === undefined ? {} : { seed: Number(seed) }),
      endOnFailure: process.env['ZONEWARD_NO_SHRINKING'] !== undefined,
      // The shortest sequence is looked for as long as a minute.
      interruptAfterTimeLimit: long ? 7_000_000 : 280_000,
    },
  )
  if (process.env['ZONEWARD_TALLY'])
    console.log(
      [...tally]
        .sort()
        .map(([what, times]) => `${what}: ${times}`)
        .join('\n'),
    )
  for (const what of ['checks allowed', 'checks refused', 'checks by key', 'levels before and after']) {
    expect(tally.get(what), what).toBeGreaterThan(sequences * 100)
  }
  for (const what of ['looks', 'previews', 'places listed', 'holders', 'searches', 'holdings of previews']) {
    expect(tally.get(what), what).toBeGreaterThan(sequences * 4)
  }
  for (const what of ['explanations of what is allowed', 'looks at the moment of a beginning or an end']) {
    expect(tally.get(what), what).toBeGreaterThan(sequences)
  }
  const kinds = [...tally.keys()].filter((what) => what.startsWith('step '))
  expect(kinds.length, kinds.join()).toBeGreaterThan(14)
}, 7_200_000)
