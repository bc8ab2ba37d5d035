import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer, Caller } from '../../test/product.ts'
import { must, namesOfZones } from '../agency.ts'
import {
  fresh,
  type Organization,
  type Person,
  type Row,
  readRow,
  servedAfterAll,
  shows,
  startOrganization,
  withoutRequest,
} from './organization.ts'

// What a standard user can and cannot do at each of the three levels, and the five worked examples, in an organization
// of the zones set.

let org: Organization
let provider: string
let zone: string
let other: string
let people: [admin: Person, none: Person, read: Person, write: Person]

type Level = 'none' | 'read' | 'write'

/** A standard user, as the text invites one, and then its levels, as the text sets them. */
async function invite(name: string, levels: Record<string, Level> = {}, realm: 'staff' | 'client' = 'staff') {
  const person = await org.join(name, { realm, grants: [] })
  await setLevels(person, levels)
  return person
}
async function setLevels({ id }: Pick<Person, 'id'>, levels: Record<string, Level>): Promise<void> {
  const wanted = Object.entries(levels).map(([zone_id, level]) => ({ zone_id, level }))
  must(await org.founder.caller.put(`/v1/users/${id}/zone-access`, { levels: wanted }), 200)
}
const newZone = (name = `${fresh()}.example`) => org.zone(name, provider)

beforeAll(async () => {
  org = await startOrganization('zones')
  provider = await org.make('/v1/providers', { name: 'Name servers' })
  zone = await newZone('harbourpine.example')
  other = await newZone('studio.example')
  people = [
    org.founder,
    await invite('Nils'),
    await invite('Rita', { [zone]: 'read' }),
    await invite('Wanda', { [zone]: 'write' }),
  ]
})
afterAll(() => org.product.stop())

const onZone = () => ({ kind: 'zone' as const, id: zone })
const onOther = () => ({ kind: 'zone' as const, id: other })
const by = (person: Person): Caller => person.key ?? org.product.nobody
const email = () => `${fresh()}@people.example`
const write = (caller: Caller, at: string, type = 'TXT', data = '"x"') =>
  caller.post(`/v1/zones/${at}/records`, { name: fresh(), type, data })

/** One change with a record of each type that the text names. */
function everyType(caller: Caller): Promise<Answer> {
  const records = [
    ['A', '192.0.2.1'],
    ['AAAA', '2001:db8::1'],
    ['CNAME', 'www.harbourpine.example.'],
    ['MX', '10 mail.harbourpine.example.'],
    ['TXT', '"v=spf1 -all"'],
  ] as const
  const operations = records.map(([type, data]) => ({ op: 'create', name: fresh(), type, data }))
  return caller.post(`/v1/zones/${zone}/changes`, { operations })
}
/** A record that the admin has made, for the person to change and to delete. */
async function ofAdmin(): Promise<string> {
  return `/v1/zones/${zone}/records/${must(await write(org.founder.caller, zone), 201).id}`
}
async function changeSoa({ caller }: Person): Promise<Answer> {
  const [soa] = must(await org.founder.caller.get(`/v1/zones/${zone}/records?type=SOA`), 200).items
  return caller.patch(`/v1/zones/${zone}/records/${soa.id}`, { ttl: soa.ttl + 1 })
}
/** Deletes a zone on which the person has the level that it has on the other one. */
async function deleteZone(person: Person): Promise<Answer> {
  const level = (['none', 'read', 'write'] as const)[people.indexOf(person as (typeof people)[number]) - 1]
  const doomed = await newZone()
  if (level) await setLevels(person, { [doomed]: level })
  return person.caller.delete(`/v1/zones/${doomed}`)
}

/** Admin; a standard user with no access, Read Only, Read & Write. */
const can: Row[] = [
  {
    row: 'View zones they have been granted access to',
    is: 'yes no yes yes',
    shown: [
      shows('zones.view', (caller) => caller.get(`/v1/zones/${zone}`), onZone),
      { needs: 'zones.view', at: onZone, asked: (person) => by(person).get(`/v1/zones/${zone}`) },
      shows('records.view', (caller) => caller.get(`/v1/zones/${zone}/records`), onZone),
      { needs: 'records.view', at: onZone, asked: (person) => by(person).get(`/v1/zones/${zone}/records`) },
    ],
  },
  {
    row: 'Manage DNS records in zones with Read & Write access',
    is: 'yes no no yes',
    shown: [
      shows('records.write', everyType, onZone),
      { needs: 'records.write', at: onZone, asked: (person) => everyType(by(person)) },
      shows('records.write', async (caller) => caller.patch(await ofAdmin(), { ttl: 60 }), onZone),
      shows('records.write', async (caller) => caller.delete(await ofAdmin()), onZone),
      { needs: 'records.write', at: onZone, asked: async (person) => by(person).delete(await ofAdmin()) },
    ],
  },
  {
    row: 'Create API keys scoped to their own zone access',
    is: 'yes yes yes yes',
    shown: [
      shows('api_keys.create', (caller) => caller.post('/v1/api-keys', { name: fresh() })),
      { needs: 'api.use', asked: (person) => by(person).get('/v1/me') },
    ],
  },
]

const cannot: Row[] = [
  {
    row: "See zones they haven't been granted access to",
    is: 'yes no no no',
    shown: [
      shows('zones.view', (caller) => caller.get(`/v1/zones/${other}`), onOther),
      shows('records.view', (caller) => caller.get(`/v1/zones/${other}/records`), onOther),
      { needs: 'records.view', at: onOther, asked: (person) => by(person).get(`/v1/zones/${other}/records`) },
    ],
  },
  {
    row: 'Invite or manage other users',
    is: 'yes no no no',
    shown: [
      shows('members.manage', (caller) => caller.post('/v1/invitations', { realm: 'staff', email: email() })),
      shows('client_users.manage', (caller) => caller.post('/v1/invitations', { realm: 'client', email: email() })),
      shows('members.view', (caller) => caller.get('/v1/members')),
      shows('grants.manage', (caller) => caller.put(`/v1/users/${people[1].id}/zone-access`, nothingAt(other))),
      shows('teams.manage', (caller) => caller.post('/v1/teams', { name: fresh() })),
    ],
  },
  {
    row: 'Access billing, subscription, or payment settings',
    is: 'yes no no no',
    shown: [{ needs: 'subscription.view' }, { needs: 'subscription.manage' }],
  },
  { row: 'Delete zones', is: 'yes no no no', shown: [{ needs: 'zones.delete', at: onZone, asked: deleteZone }] },
  {
    row: 'Modify system records',
    is: 'yes no no no',
    shown: [
      { needs: 'records.protected.write', asked: changeSoa, at: onZone, orNames: ['records.write'] },
      { needs: 'records.protected.write', asked: addNameServer, at: onZone, orNames: ['records.write'] },
    ],
  },
  {
    row: 'Change account settings',
    is: 'yes no no no',
    shown: [
      shows('organization.settings.manage', (caller) => caller.patch('/v1/organization', { name: 'Harbour & Pine' })),
    ],
  },
]
function addNameServer({ caller }: Person): Promise<Answer> {
  return caller.post(`/v1/zones/${zone}/records`, { name: '@', type: 'NS', data: `${fresh()}.example.` })
}
const nothingAt = (zone_id: string) => ({ levels: [{ zone_id, level: 'none' }] })

/** Judged by the permission alone, since there is no page and no request of it yet. It can only become shorter. */
const notServedYet = [
  'Access billing, subscription, or payment settings: subscription.view',
  'Access billing, subscription, or payment settings: subscription.manage',
]

test.each(can)('$row: $is', async (row) => {
  expect(await readRow(org, people, row)).toBe(row.is)
})

test.each(cannot)('$row: $is', async (row) => {
  expect(await readRow(org, people, row)).toBe(row.is)
})

test('what is judged by the permission alone is this list, and nothing of it is served', () => {
  expect(withoutRequest([...can, ...cannot])).toEqual(notServedYet)
  expect(servedAfterAll([...can, ...cannot])).toEqual([])
})

describe('the worked examples of the text', () => {
  type Expected = { sees: Record<string, Level>; not?: string[] }
  const names: Record<string, string> = {}
  const zoneNamed = async (name: string) => {
    const id = await newZone(name)
    names[id] = name
    return id
  }

  /** In the pages and by key: it sees exactly these zones, and writes where it may; the others do not exist for it. */
  async function expectLevels(person: Person, { sees, not = [] }: Expected) {
    for (const caller of [person.caller, by(person)]) {
      expect(await namesOfZones(caller), person.name).toEqual(
        Object.keys(sees)
          .map((id) => names[id])
          .sort(),
      )
      for (const [id, level] of Object.entries(sees)) {
        must(await caller.get(`/v1/zones/${id}/records`), 200)
        const written = await write(caller, id, 'A', '192.0.2.9')
        const expected = level === 'write' ? [201, undefined] : [403, 'records.write']
        expect([written.status, written.body.permission], `${person.name} in ${names[id]}`).toEqual(expected)
      }
      for (const id of not) {
        expect((await caller.get(`/v1/zones/${id}/records`)).status, `${person.name}, ${names[id]}`).toBe(404)
        expect((await write(caller, id)).status).toBe(404)
      }
    }
  }

  test('[S3-19] an agency: each client, a standard user, reads and writes its own domain and sees no other', async () => {
    const own = {
      anna: await zoneNamed('anna.example'),
      boris: await zoneNamed('boris.example'),
      carla: await zoneNamed('carla.example'),
    }
    for (const [name, id] of Object.entries(own)) {
      const client = await invite(name, { [id]: 'write' }, 'client')
      const not = Object.values(own).filter((each) => each !== id)
      await expectLevels(client, { sees: { [id]: 'write' }, not })
      for (const [type, data] of [
        ['TXT', '"verification=1"'],
        ['MX', '10 mx.example.net.'],
      ] as const) {
        expect((await write(client.caller, id, type, data)).status).toBe(201)
      }
    }
  })

  test('[S3-19] staging and production: developers write in staging and read production, senior engineers write in both', async () => {
    const staging = await zoneNamed('staging-shop.example')
    const production = await zoneNamed('shop.example')
    const developer = await invite('Deva', { [staging]: 'write', [production]: 'read' })
    const senior = await invite('Sena', { [staging]: 'write', [production]: 'write' })
    await expectLevels(developer, { sees: { [staging]: 'write', [production]: 'read' } })
    await expectLevels(senior, { sees: { [staging]: 'write', [production]: 'write' } })
    for (const [type, data] of [
      ['CNAME', 'target.example.net.'],
      ['CAA', '0 issue "ca.example.net"'],
    ] as const) {
      expect((await write(developer.caller, staging, type, data)).status).toBe(201)
      expect((await write(developer.caller, production, type, data)).status).toBe(403)
      expect((await write(senior.caller, production, type, data)).status).toBe(201)
    }
  })

  test('[S3-19] departments: each has its own domain only, the central IT team stays admin of everything', async () => {
    const own = {
      marketing: await zoneNamed('marketing.example'),
      engineering: await zoneNamed('engineering.example'),
      support: await zoneNamed('support.example'),
    }
    const it = await org.join('Ida', { realm: 'staff', grants: [{ role_id: 'zones.admin' }] })
    for (const [name, id] of Object.entries(own)) {
      const department = await invite(`Head of ${name}`, { [id]: 'write' })
      await expectLevels(department, {
        sees: { [id]: 'write' },
        not: Object.values(own).filter((each) => each !== id),
      })
      expect((await write(it.caller, id)).status).toBe(201)
    }
    expect(await namesOfZones(it.caller)).toEqual(await namesOfZones(org.founder.caller))
    expect((await it.caller.delete(`/v1/zones/${await newZone()}`)).status).toBe(204)
  })

  test('[S3-19] an external partner verifies one domain by reading it, and sees and changes nothing else', async () => {
    const integration = await zoneNamed('integration.example')
    must(await write(org.founder.caller, integration, 'TXT', '"partner-verification=7f3a"'), 201)
    const partner = await invite('Pat Partner', { [integration]: 'read' }, 'client')
    await expectLevels(partner, { sees: { [integration]: 'read' }, not: [zone, other] })
    const { items } = must(await partner.caller.get(`/v1/zones/${integration}/records?type=TXT`), 200)
    expect(items.map(({ data }: { data: string }) => data)).toEqual(['"partner-verification=7f3a"'])
  })

  test('[S3-19] several providers: the team of this one reads and writes, that of the other reads for reference', async () => {
    const shared = await zoneNamed('both-providers.example')
    const [here, there] = [await invite('Hal'), await invite('Tess')]
    for (const [person, name, role_id] of [
      [here, 'This provider', 'zones.read_write'],
      [there, 'The other provider', 'zones.read_only'],
    ] as const) {
      const team = await org.make('/v1/teams', { name })
      must(await org.founder.caller.put(`/v1/teams/${team}/members/${person.id}`), 204)
      await org.make('/v1/grants', { subject_id: team, role_id, scope: { kind: 'zone', id: shared } })
    }
    await expectLevels(here, { sees: { [shared]: 'write' }, not: [other] })
    await expectLevels(there, { sees: { [shared]: 'read' }, not: [other] })
  })
})
