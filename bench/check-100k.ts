import { type AccessRequest, indexGrants, isAllowed, makeWorkload, type Workload } from '@zoneward/permissions'
import { askCasbin, askCasl, askCedar, type Engine } from './access-peers.ts'
import { type Figure, percentile } from './figure.ts'

/**
 * The check of ACCESS's workload with 100,000 grants, beside CASL, casbin and Cedar. Peers get only the grants of the
 * subject that asks (they would take far longer with all); every engine has to give the answer of the slow look-up.
 */
export async function benchCheck(): Promise<Figure[]> {
  const workload = makeWorkload(100_000)
  const expected = slowAnswers(workload)
  const index = indexGrants(workload.grants, workload.roles)
  const ask = (request: AccessRequest) => isAllowed(index, request)
  // As a server that has been running for a moment: compiled, and past its first collection of garbage.
  for (let round = 0; round < 5; round++) for (const request of workload.requests) ask(request)
  const ours = measure(workload.requests, ask, expected, 'ours')
  const peers: Record<string, number[]> = {}
  for (const [name, prepare, count] of engines) {
    const requests = workload.requests.slice(0, count)
    peers[name] = await measureEngine(await prepare(workload), requests, expected, name)
  }
  const at = (share: number) =>
    Object.fromEntries(Object.entries(peers).map(([name, samples]) => [name, percentile(samples, share)]))
  const note = '100 k grants, 4,000 requests, answers equal'
  return [
    { name: 'check-100k p50', unit: 'µs', ours: percentile(ours, 0.5), peers: at(0.5), goal: { atMost: 3 }, note },
    { name: 'check-100k p99', unit: 'µs', ours: percentile(ours, 0.99), peers: at(0.99), goal: { atMost: 15 }, note },
  ]
}

const engines: [string, (workload: Workload) => Engine | Promise<Engine>, number][] = [
  ['CASL', askCasl, 4000],
  ['casbin', askCasbin, 1000],
  ['Cedar', askCedar, 1000],
]

/** Looks at every grant of the subject and its teams: slow, and plain to see that it is right. */
function slowAnswers({ grants, roles, requests }: Workload): Map<AccessRequest, boolean> {
  const held = Map.groupBy(grants, (grant) => grant.subjectId)
  return new Map(
    requests.map((request) => {
      const own = [request.subject.id, ...request.subject.teamIds].flatMap((id) => held.get(id) ?? [])
      const scopes = new Set(request.resource.ancestors.map((scope) => scope.id))
      return [
        request,
        own.some(
          (grant) => scopes.has(grant.scope.id) && roles.get(grant.roleId)?.permissions.includes(request.permission),
        ),
      ]
    }),
  )
}

function measure(
  requests: readonly AccessRequest[],
  ask: (request: AccessRequest) => boolean,
  expected: Map<AccessRequest, boolean>,
  name: string,
): number[] {
  const samples: number[] = []
  for (const request of requests) {
    const started = performance.now()
    const answer = ask(request)
    samples.push((performance.now() - started) * 1000)
    if (answer !== expected.get(request)) throw new Error(`${name} answers ${answer} where the slow look-up does not`)
  }
  return samples
}

async function measureEngine(
  engine: Engine,
  requests: readonly AccessRequest[],
  expected: Map<AccessRequest, boolean>,
  name: string,
): Promise<number[]> {
  const samples: number[] = []
  for (const request of requests) {
    const ask = await engine(request)
    ask()
    const started = performance.now()
    const answer = ask()
    samples.push((performance.now() - started) * 1000)
    if (answer !== expected.get(request)) throw new Error(`${name} answers ${answer} where the slow look-up does not`)
  }
  return samples
}
