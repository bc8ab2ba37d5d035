import { type AccessRequest, indexGrants, isAllowed, makeWorkload, type Workload } from '@zoneward/permissions'
import { type Figure, percentile } from './figure.ts'
import { findProgram, type GraphServer, startOpenFga, startSpiceDb } from './graph-servers.ts'

const asked = 500

const servers = [
  ['OpenFGA', 'openfga', startOpenFga],
  ['SpiceDB', 'spicedb', startSpiceDb],
] as const

type Results = { checks: Record<string, number>; named: Record<string, number>; notes: string[] }

/**
 * OpenFGA and SpiceDB on the grants of the check, each as a server on this machine: every answer must be ours. A check
 * of theirs goes over the loopback, as it does wherever they are used; ours is a call in the process.
 */
export async function benchGraphs(): Promise<Figure[]> {
  const workload = makeWorkload(100_000)
  const index = indexGrants(workload.grants, workload.roles)
  const ask = (request: AccessRequest) => isAllowed(index, request)
  const requests = workload.requests.slice(0, asked)
  const question = everywhere(workload)
  const results: Results = { checks: {}, named: {}, notes: [] }
  for (const [name, program, start] of servers) {
    const found = findProgram(program)
    if ('missing' in found) {
      results.notes.push(found.missing)
      continue
    }
    const server = await start(found.program, workload)
    try {
      results.checks[name] = percentile(await measureChecks(server, requests, ask), 0.5)
      const started = performance.now()
      results.named[name] = await server.list(question.subject.id, question.permission)
      results.notes.push(`${name} took ${Math.round(performance.now() - started)} ms`)
    } finally {
      await server.stop()
    }
  }
  for (const request of requests) ask(request)
  const ours = requests.map((request) => timed(() => ask(request)))
  const all = workload.zones.filter((resource) => ask({ ...question, resource })).length
  const missing = results.notes.filter((note) => note.endsWith('machine'))
  const note = [`100 k grants, ${asked} requests, answers equal`, ...missing].join('; ')
  const complete = ['zones named to somebody who may see every one', ...results.notes].join('; ')
  return [
    { name: 'check-servers p50', unit: 'ms', ours: percentile(ours, 0.5), peers: results.checks, goal: null, note },
    { name: 'list-complete', unit: 'zones', ours: all, peers: results.named, goal: null, note: complete },
  ]
}

/** Somebody who holds a permission at the organization, and so at every zone. */
function everywhere({ grants, roles, users, requests }: Workload): AccessRequest {
  for (const grant of grants) {
    const subject = users.find((user) => user.id === grant.subjectId)
    const permission = roles.get(grant.roleId)?.permissions[0]
    const [request] = requests
    if (grant.scope.kind !== 'organization' || !subject || !permission || !request) continue
    return { ...request, subject, permission }
  }
  throw new Error('nobody holds anything at the organization')
}

async function measureChecks(
  server: GraphServer,
  requests: readonly AccessRequest[],
  ask: (request: AccessRequest) => boolean,
): Promise<number[]> {
  const samples: number[] = []
  for (const request of requests) {
    const { subject, permission, resource } = request
    await server.check(subject.id, permission, resource.id)
    const started = performance.now()
    const answer = await server.check(subject.id, permission, resource.id)
    samples.push(performance.now() - started)
    if (answer !== ask(request)) throw new Error(`${permission} of ${subject.id} on ${resource.id}: ${answer}?`)
  }
  return samples
}

function timed(run: () => unknown): number {
  const started = performance.now()
  run()
  return performance.now() - started
}
