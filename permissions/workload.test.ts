import { expect, test } from 'vitest'
import { isAllowed } from './decide.ts'
import { indexGrants } from './grant-index.ts'
import { oracleAllows } from './oracle/oracle.ts'
import { makeWorkload } from './workload.ts'

const workload = makeWorkload(2_000, 400)

test('on every request of the benchmark the answer is the oracle’s', () => {
  const index = indexGrants(workload.grants, workload.roles)
  const roles = [...workload.roles.values()]
  const answers = workload.requests.map((request) => isAllowed(index, request))
  expect(answers).toEqual(workload.requests.map((request) => oracleAllows(workload.grants, roles, request)))
  const allowed = answers.filter(Boolean).length
  expect(allowed).toBeGreaterThan(150)
  expect(allowed).toBeLessThan(300)
})

test('the benchmark has the shares that it promises, and is the same every time', () => {
  const { grants, users, zones, permissions } = makeWorkload(20_000)
  const share = (kind: string) => grants.filter(({ scope }) => scope.kind === kind).length / grants.length
  expect(share('zone')).toBeCloseTo(0.6, 1)
  expect(share('customer')).toBeCloseTo(0.35, 1)
  expect(share('provider')).toBeCloseTo(0.05, 1)
  expect(share('organization')).toBeCloseTo(0.002, 2)
  expect(grants.filter(({ subjectId }) => subjectId.startsWith('team')).length / grants.length).toBeCloseTo(0.2, 1)
  expect([users.length, zones.length, permissions.length]).toEqual([2_000, 10_000, 32])
  expect(makeWorkload(2_000, 400)).toEqual(workload)
})
