import { authorize } from '../server/access/authorize.ts'
import { findResource } from '../server/access/find-resource.ts'
import type { RolePool, Tx } from '../server/database/pools.ts'
import type { Actor } from '../server/http/actor.ts'
import type { ActorRequest } from '../server/http/request.ts'
import { questionRoutes } from '../server/questions/routes.ts'
import type { WorkloadL } from '../server/zones/testing/workload-l.ts'
import { type Figure, percentile } from './figure.ts'

type Asked = 'access.holders' | 'access.explain' | 'access.check'
const rounds = 300

/** Who, explain, a batch and the cost of one request, by the product's own handlers, in the organization of a million. */
export async function benchQuestions(staff: RolePool, workload: WorkloadL, zones: string[]): Promise<Figure[]> {
  const actor = actorOf(staff, workload.org, workload.subjects.administrator)
  const who = await sample(zones, (id) =>
    ask(actor, 'access.holders', {
      query: { permission: 'zones.view', resource_kind: 'zone', resource_id: id, limit: 100, cursor: undefined },
    }),
  )
  const explain = await sample(zones, (id, number) =>
    ask(actor, 'access.explain', {
      body: {
        permission: 'records.write',
        resource: { kind: 'zone', id },
        subject_id: number % 2 ? workload.subjects.ordinary : workload.subjects.thousandCustomers,
      },
    }),
  )
  const ordinary = actorOf(staff, workload.org, workload.subjects.ordinary)
  const batch = await sample(zones.slice(0, 60), (_, number) =>
    ask(ordinary, 'access.check', { body: { checks: checksOf(zones, number) } }),
  )
  const cost = await costOfOne(actor, zones)
  const note = 'one organization: 1 M zones, 1 M grants; query and answer'
  const figure = (name: string, ours: number, atMost: number, what = note): Figure => ({
    name,
    unit: 'ms',
    ours,
    peers: {},
    goal: { atMost },
    note: what,
  })
  return [
    figure('who p50', percentile(who, 0.5), 1, `the first 100 who may see a zone; ${note}`),
    figure('explain p50', percentile(explain, 0.5), 1),
    figure('batch of 100 × 20 p50', percentile(batch, 0.5), 5),
    figure('cost per request p50', percentile(cost, 0.5), 0.15, 'where a zone hangs, and the decision'),
  ]
}

const permissions = [
  ...['zones.view', 'records.view', 'records.write', 'records.dmarc.write', 'records.protected.write'],
  ...['changes.propose', 'changes.approve', 'zones.create', 'zones.delete', 'zones.settings.manage', 'checks.view'],
  ...['checks.manage', 'certificates.view', 'certificates.manage', 'grants.view', 'grants.manage', 'audit.view'],
  ...['customers.view', 'providers.view', 'api.use'],
]

function checksOf(zones: string[], number: number) {
  return Array.from({ length: 100 }, (_, place) => zones[(number * 100 + place) % zones.length] ?? '').flatMap((id) =>
    permissions.map((permission) => ({ permission, resource: { kind: 'zone' as const, id } })),
  )
}

async function costOfOne(actor: Actor, zones: string[]): Promise<number[]> {
  return actor.pool.read(actor.scope, async (tx) => {
    const samples: number[] = []
    for (const id of [...zones, ...zones]) {
      const started = performance.now()
      const resource = await findResource(tx, actor.orgId, { kind: 'zone', id })
      if (resource === null) throw new Error(`there is no zone ${id}`)
      await authorize(tx, actor, { permission: 'zones.view', resource })
      samples.push(performance.now() - started)
    }
    return samples.slice(zones.length)
  })
}

async function sample(zones: string[], run: (id: string, number: number) => Promise<unknown>): Promise<number[]> {
  const samples: number[] = []
  for (const [number, id] of zones.slice(0, rounds).entries()) {
    const started = performance.now()
    await run(id, number)
    samples.push(performance.now() - started)
  }
  return samples
}

/** The handler of the table, called as the server calls it once the request is read and the caller known. */
function ask(actor: Actor, id: Asked, given: { query?: unknown; body?: unknown }): Promise<unknown> {
  const request = {
    id,
    actor,
    ...given,
    read: <T>(fn: (tx: Tx) => Promise<T>) => actor.pool.read(actor.scope, fn),
    authorize: (tx: Tx, permission: never, resource: never, record?: never) =>
      authorize(tx, actor, { permission, resource, ...(record ? { record } : {}) }),
  }
  const handler = questionRoutes[id] as (request: ActorRequest<Asked>) => Promise<unknown>
  return handler(request as unknown as ActorRequest<Asked>)
}

function actorOf(pool: RolePool, orgId: string, subjectId: string): Actor {
  return {
    kind: 'session',
    realm: 'staff',
    orgId,
    subjectId,
    teamIds: [],
    name: 'Bench',
    email: '',
    accountId: null,
    operator: false,
    portal: null,
    sessionId: null,
    key: null,
    revision: '1',
    now: Date.now(),
    expiresAt: null,
    address: '127.0.0.1',
    userAgent: '',
    pool,
    scope: orgId,
  } as unknown as Actor
}
