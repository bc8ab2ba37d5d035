import { type AuthorizationCall, isAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAllowed } from '../decide.ts'
import { indexGrants } from '../grant-index.ts'
import { casesOf } from './cases.ts'
import { cedarAllows } from './cedar.ts'
import { oracleAllows } from './oracle.ts'
import { worldAndRequest } from './random-worlds.ts'

const cases = casesOf(3_000, 100_000)

function judge(call: AuthorizationCall): boolean {
  const answer = isAuthorized(call)
  // A policy that fails would be passed over in silence.
  if (answer.type === 'failure') throw new Error(JSON.stringify(answer.errors))
  expect(answer.response.diagnostics.errors).toEqual([])
  return answer.response.decision === 'allow'
}

test('Cedar, with policies of its own for the same grants, says what the core and the oracle say', () => {
  let allowed = 0
  fc.assert(
    fc.property(worldAndRequest, ([world, request]) => {
      const index = indexGrants(world.grants, new Map(world.roles.map((role) => [role.id, role])))
      const answers = [
        cedarAllows(world, request, judge),
        isAllowed(index, request),
        oracleAllows(world.grants, world.roles, request),
      ]
      expect(new Set(answers).size).toBe(1)
      if (answers[0] === true) allowed += 1
    }),
    { numRuns: cases },
  )
  expect(allowed).toBeGreaterThan(cases / 20)
  expect(allowed).toBeLessThan(cases / 2)
}, 3_600_000)
