import {
  type AccessRequest,
  type Grant,
  indexGrants,
  isAllowed,
  makeWorkload,
  parseRecordPattern,
  type RecordPattern,
  type RecordRef,
  type Role,
} from '@zoneward/permissions'
import { type Figure, percentile } from './figure.ts'

/**
 * The check of 100,000 grants where every third grant is narrowed to records, each request is about one record, and comes
 * by a key with permissions, scopes and patterns of its own. Answers are compared with a look at every grant.
 */
export async function benchNarrowed(): Promise<Figure[]> {
  const { grants, roles, requests } = narrowedWorkload()
  const index = indexGrants(grants, roles)
  const expected = slowAnswers(grants, roles, requests)
  for (let round = 0; round < 5; round++) for (const request of requests) isAllowed(index, request)
  const samples: number[] = []
  for (const request of requests) {
    const started = performance.now()
    const answer = isAllowed(index, request)
    samples.push((performance.now() - started) * 1000)
    if (answer !== expected.get(request)) throw new Error('the check and the slow look-up disagree')
  }
  const allowed = [...expected.values()].filter(Boolean).length
  const note = `100 k grants, every third with a pattern; 4,000 requests by key, ${allowed} allowed; answers equal`
  return [
    { name: 'check-narrowed p50', unit: 'µs', ours: percentile(samples, 0.5), peers: {}, goal: { atMost: 6 }, note },
    { name: 'check-narrowed p99', unit: 'µs', ours: percentile(samples, 0.99), peers: {}, goal: null, note },
  ]
}

const texts = ['www.shop.example', '**.shop.example', '_acme-challenge.**', '+.mail.shop.example']
const names = [
  ['www', 'shop', 'example'],
  ['_acme-challenge', 'www', 'shop', 'example'],
  ['mail', 'shop', 'example'],
  ['mx', 'mail', 'shop', 'example'],
  ['other', 'example'],
]
const types = ['A', 'TXT', 'MX']

function narrowedWorkload() {
  const workload = makeWorkload(100_000)
  const patterns = texts.map((text) => patternOf(`${text} A,TXT`))
  const grants = workload.grants.map((grant, number): Grant => {
    const pattern = patterns[number % patterns.length]
    return number % 3 === 0 && pattern ? { ...grant, patterns: [pattern] } : grant
  })
  const roles = new Map([...workload.roles].map(([id, role]) => [id, withRecords(role)]))
  const key = patternOf('**.shop.example')
  const requests = workload.requests.map((request, number): AccessRequest => {
    const record: RecordRef = { labels: names[number % names.length] ?? [], type: types[number % types.length] ?? 'A' }
    const scopes = [{ kind: 'organization' as const, id: 'org' }]
    const ceilings = { apiKey: { permissions: ['records.write', 'zones.view'] as const, scopes, patterns: [key] } }
    const resource = { ...request.resource, record }
    return { ...request, permission: 'records.write', resource, channel: 'api', ceilings }
  })
  return { grants, roles, requests }
}

function patternOf(text: string): RecordPattern {
  const read = parseRecordPattern(text)
  if (!read.ok) throw new Error(read.error)
  return read.value
}

// Every second role writes records; all of them open the API.
function withRecords(role: Role): Role {
  const writes = Number(role.id.split('-')[1]) % 2 === 0
  const permissions = new Set([
    ...role.permissions,
    'api.use' as const,
    ...(writes ? (['records.write'] as const) : []),
  ])
  return { ...role, permissions: [...permissions] }
}

function slowAnswers(grants: Grant[], roles: Map<string, Role>, requests: AccessRequest[]) {
  const held = Map.groupBy(grants, (grant) => grant.subjectId)
  const covers = (grant: Grant, { labels, type }: RecordRef) => {
    const { patterns } = grant
    return patterns === undefined || patterns.some((pattern) => isCovered(pattern, labels.join('.'), type))
  }
  return new Map(
    requests.map((request) => {
      const record = request.resource.record ?? { labels: [], type: '' }
      const scopes = new Set(request.resource.ancestors.map((scope) => scope.id))
      const own = [request.subject.id, ...request.subject.teamIds].flatMap((id) => held.get(id) ?? [])
      const carried = own.some(
        (grant) =>
          scopes.has(grant.scope.id) &&
          roles.get(grant.roleId)?.permissions.includes('records.write') &&
          covers(grant, record),
      )
      const opened = own.some((grant) => grant.patterns === undefined)
      const inKey = `.${record.labels.join('.')}`.endsWith('.shop.example')
      return [request, carried && opened && inKey]
    }),
  )
}

// The four patterns above, in plain words.
function isCovered(pattern: RecordPattern, name: string, type: string): boolean {
  if (pattern.types !== 'all' && !pattern.types.includes(type)) return false
  if (pattern.kind === 'exact') return name === 'www.shop.example'
  if (pattern.kind === 'first_label') return name.startsWith('_acme-challenge.')
  const apex = pattern.labels.join('.')
  return pattern.kind === 'below' ? name === apex || name.endsWith(`.${apex}`) : name.endsWith(`.${apex}`)
}
