import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as cast from './cast.ts'
import * as core from './index.ts'
import * as nameLabels from './name-labels.ts'
import * as groups from './oracle/oracle.ts'
import * as patternTypes from './pattern-types.ts'
import * as patternsCover from './patterns-cover.ts'
import * as recordPatterns from './record-patterns.ts'
import * as recordPermission from './record-permission.ts'

// Every example in the comments runs, with the cast in scope; what stands behind its `//` is what it gives.

const zone = cast.things['the zone bakery.example']
const bakeryViewer = cast.person('bakery-viewer')
const organization = cast.things['the agency']
const web = { id: 'web', subjectId: 'p', roleId: 'hosting.web', scope: cast.bakeryHosting }
const scope: Record<string, unknown> = {
  ...nameLabels,
  ...groups,
  ...patternTypes,
  ...patternsCover,
  ...recordPatterns,
  ...recordPermission,
  ...core,
  ...cast,
  zone,
  resource: zone,
  bakeryViewer,
  organization,
  owner: cast.person('agency-owner'),
  admin: cast.person('agency-admin'),
  agencyOwner: cast.person('agency-owner'),
  subject: bakeryViewer,
  granter: { subject: cast.person('agency-admin'), now: cast.now, channel: 'interface' },
  grant: { subjectId: 'bakery-viewer', roleId: 'msp.developer', scope: cast.bakery },
  at: cast.things['the customer bakery'],
  request: cast.ask('bakery-viewer', 'records.view', zone),
  before: { organizationId: 'agency', grants: cast.grants, roles: cast.roles, people: cast.people, now: cast.now },
  webGrant: web,
  world: {
    index: cast.index,
    people: new Map(cast.people.map((each) => [each.id, each])),
    customers: [],
    now: cast.now,
  },
  ownRole: { ...(cast.roles.get('msp.viewer') ?? {}), id: 'own', set: 'custom', basedOn: 'msp.viewer' },
  mailGrant: { ...web, id: 'mail', roleId: 'hosting.mail' },
}

interface Example {
  readonly file: string
  readonly code: string
  readonly result: string | undefined
}

function examplesOf(file: string): Example[] {
  const comments = readFileSync(new URL(file, import.meta.url), 'utf8').match(/\/\*\*[\s\S]*?\*\//g) ?? []
  return comments.flatMap((comment) => {
    const text = /@example ([\s\S]*?)\*\//
      .exec(comment)?.[1]
      ?.replace(/\n\s*\*/g, ' ')
      .trim()
    if (text === undefined) return []
    const [code = '', ...result] = text.split(' // ')
    return [{ file, code: code.trim(), result: result.join(' // ').trim() || undefined }]
  })
}

function run(code: string): unknown {
  return new Function(...Object.keys(scope), `return (${code})`)(...Object.values(scope))
}

const files = readdirSync(new URL('.', import.meta.url)).filter((name) => /^[a-z-]+\.ts$/.test(name))
const examples = files.flatMap(examplesOf)

test('there are examples', () => {
  expect(examples.length).toBeGreaterThan(25)
})

test.each(examples)('$file: $code', ({ code, result }) => {
  const given = run(code)
  if (result === undefined) {
    expect(given).toBeDefined()
    return
  }
  // What follows a semicolon is for people.
  expect(given).toEqual(run(result.split('; ')[0] ?? result))
})
