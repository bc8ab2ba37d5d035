import { describe, expect, test } from 'vitest'
import { ask, bakery, bakeryZone, index, now, person, record, roles, things } from './cast.ts'
import { decide, isAllowed } from './decide.ts'
import { indexGrants } from './grant-index.ts'
import type { Grant } from './grants.ts'
import { patternsCover } from './patterns-cover.ts'
import type { Subject } from './scopes.ts'

const zone = things['the zone bakery.example']
const txt = { kind: 'below', labels: ['bakery', 'example'], types: ['TXT'] } as const

describe('a decision', () => {
  test('about a permission that nobody knows is a refusal, whatever is held', () => {
    expect(isAllowed(index, ask('agency-owner', 'zones.eat' as never, things['the agency']))).toBe(false)
  })

  test('looks no further once one grant carries it', () => {
    const teamIds = Object.assign(['bakers'], {
      [Symbol.iterator]: () => {
        throw new Error('the teams were asked for')
      },
    })
    const subject: Subject = { ...person('agency-owner'), teamIds }
    expect(isAllowed(index, { ...ask('agency-owner', 'zones.view', zone), subject })).toBe(true)
    expect(() =>
      isAllowed(index, { ...ask('bakery-viewer', 'zones.delete', zone), subject: { ...subject, id: 'bakery-viewer' } }),
    ).toThrow('teams were asked')
  })

  test('stops at the first team that carries it', () => {
    const held: Grant[] = ['one', 'two'].map((id) => ({
      id,
      subjectId: id,
      roleId: 'zones.read_only',
      scope: bakeryZone,
    }))
    const seen: string[] = []
    const teamIds = new Proxy(['one', 'two'], {
      get: (target, key) => {
        if (key === '0' || key === '1') seen.push(String(key))
        return Reflect.get(target, key)
      },
    })
    const subject: Subject = { id: 'p', realm: 'client', teamIds }
    expect(isAllowed(indexGrants(held, roles), { ...ask('p', 'zones.view', zone), subject })).toBe(true)
    expect(seen).toEqual(['0'])
  })

  test('is in part only if every grant behind it is narrowed', () => {
    const whole: Grant = { id: 'w', subjectId: 'p', roleId: 'msp.viewer', scope: bakery }
    const some: Grant = { ...whole, id: 's', patterns: [txt] }
    const look = (...held: Grant[]) => {
      const subject: Subject = { id: 'p', realm: 'client', teamIds: [] }
      return decide(indexGrants(held, roles), { ...ask('p', 'records.view', zone), subject })
    }
    expect(look(some)).toMatchObject({ partial: true })
    expect(look(some, whole)).toMatchObject({ partial: false })
    expect(look(whole)).toMatchObject({ partial: false })
  })

  test('about one record is never in part, about the zone’s name it can be', () => {
    const some: Grant = { id: 's', subjectId: 'p', roleId: 'msp.viewer', scope: bakery, patterns: [txt] }
    const held = indexGrants([some], roles)
    const subject: Subject = { id: 'p', realm: 'client', teamIds: [] }
    const on = record(zone, 'a.bakery.example', 'TXT')
    expect(decide(held, { ...ask('p', 'records.view', on), subject })).toMatchObject({ allowed: true, partial: false })
    expect(decide(held, { ...ask('p', 'zones.view', on), subject })).toMatchObject({ allowed: true, partial: true })
  })

  test('names nobody who could give it where nobody is given to choose from', () => {
    expect(decide(index, ask('bakery-viewer', 'zones.delete', zone))).toMatchObject({ whoCouldGrant: [] })
  })

  test('by API needs a live way in: one that ended or has not begun opens nothing', () => {
    const view: Grant = { id: 'v', subjectId: 'p', roleId: 'msp.viewer', scope: bakery }
    const way = (times: Partial<Grant>) => {
      const subject: Subject = { id: 'p', realm: 'client', teamIds: [] }
      const held = indexGrants([view, { ...view, id: 'd', roleId: 'msp.developer', ...times }], roles)
      return isAllowed(held, { ...ask('p', 'domains.view', things['the domain of bakery']), subject, channel: 'api' })
    }
    expect([
      way({}),
      way({ endsAt: now }),
      way({ startsAt: now + 1 }),
      way({ startsAt: now, endsAt: now + 1 }),
    ]).toEqual([true, false, false, true])
  })

  test.each(['records.write', 'records.dmarc.write', 'changes.approve'] as const)(
    'to put a delegation in place by %s wants the whole branch',
    (permission) => {
      const of = (kind: 'exact' | 'below' | 'strictly_below', type: string) =>
        patternsCover([{ kind, labels: ['a', 'example'], types: 'all' }], permission, {
          labels: ['a', 'example'],
          type,
        })
      expect([of('exact', 'NS'), of('exact', 'DNAME'), of('exact', 'A')]).toEqual([false, false, true])
      expect([of('below', 'NS'), of('strictly_below', 'NS')]).toEqual([true, false])
    },
  )

  test('by a grant without any pattern in its list sees nothing', () => {
    expect(patternsCover([], 'zones.view', undefined)).toBe(false)
    expect(patternsCover([], 'records.view', undefined)).toBe(false)
    expect(patternsCover([txt], 'records.view', undefined)).toBe(true)
    expect(patternsCover([txt], 'records.write', undefined)).toBe(false)
  })
})
