import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createResponder } from '../answers/responder.ts'
import { bytesOf, messageOf, queryFor } from '../testing/ask-server.ts'
import { readLine, sourceOf } from '../testing/read-test-zone.ts'
import { keyOfName } from './name-key.ts'
import type { ServedZone, ZoneSource } from './zone-source.ts'
import type { ZoneStore } from './zone-store.ts'
import { createZoneStore } from './zone-store.ts'

const soa = (apex: string, serial: number) => readLine(`${apex} 60 SOA ns.${apex} host.${apex} ${serial} 1 1 1 60`)

function zoneOf(apex: string, lines: string[] = [], serial = 1, subZones: string[] = []): ServedZone {
  const records = [soa(apex, serial), readLine(`${apex} 60 NS ns.elsewhere.example.`), ...lines.map(readLine)]
  return { apex, serial, records, subZones }
}

async function ask(store: ZoneStore, name: string, type = 1): Promise<string> {
  const answer = messageOf(await createResponder(store).respondLater(bytesOf(queryFor(name, type)), 'udp'))
  const data = answer.answers.map(({ rdata }) => rdata.at(-1))
  return `${answer.rcode}${answer.flags.aa ? ' aa' : ''} ${data.join(',')}`.trim()
}

const apex = 'a.test.'
const www = (last: number) => readLine(`www.a.test. 60 A 192.0.2.${last}`)

describe('zones in memory', () => {
  test('a zone is loaded once however many ask, and then answered without the source', async () => {
    const source = sourceOf(zoneOf(apex, ['www.a.test. 60 A 192.0.2.1']))
    const store = createZoneStore(source)
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => ask(store, i % 2 ? 'www.a.test.' : `n${i}.a.test.`)),
    )
    expect(new Set(answers)).toEqual(new Set(['0 aa 1', '3 aa']))
    expect(source.loaded).toBe(1)
    const { located } = source
    expect(await ask(store, 'never.asked.a.test.')).toBe('3 aa')
    expect(source.located).toBe(located)
  })

  test('names that are not served are remembered, as many as allowed', async () => {
    const source = sourceOf(zoneOf(apex))
    const store = createZoneStore(source, { maxAbsent: 10 })
    expect([await ask(store, 'x.org.'), await ask(store, 'x.org.'), source.located]).toEqual(['5', '5', 1])
    for (let i = 0; i < 10; i++) await ask(store, `n${i}.org.`)
    const before = source.located
    await ask(store, 'x.org.')
    expect(source.located).toBe(before + 1)
  })

  test('the deepest zone answers, also when the shallower one was loaded first', async () => {
    const zones = [
      zoneOf(apex, ['www.b.a.test. 60 A 192.0.2.1'], 1, ['b.a.test.']),
      zoneOf('b.a.test.', ['www.b.a.test. 60 A 192.0.2.2']),
    ]
    const store = createZoneStore(sourceOf(...zones))
    expect(await ask(store, 'x.a.test.')).toBe('3 aa')
    expect(await ask(store, 'www.b.a.test.')).toBe('0 aa 2')
  })

  test('a zone made after its parent was loaded is seen after invalidate, and gone after it was removed', async () => {
    const zones = [zoneOf(apex, ['www.b.a.test. 60 A 192.0.2.1'])]
    const source: ZoneSource = {
      locate: async (names) => names.find((name) => zones.some((zone) => zone.apex === name)) ?? null,
      load: async (name) => zones.find((zone) => zone.apex === name) ?? null,
    }
    const store = createZoneStore(source)
    expect(await ask(store, 'www.b.a.test.')).toBe('0 aa 1')
    zones.push(zoneOf('b.a.test.', ['www.b.a.test. 60 A 192.0.2.2']))
    store.invalidate('B.a.test.')
    expect(await ask(store, 'www.b.a.test.')).toBe('0 aa 2')
    zones.pop()
    store.invalidate('b.a.test.')
    expect(await ask(store, 'www.b.a.test.')).toBe('0 aa 1')
    zones.pop()
    store.invalidateAll()
    expect(await ask(store, 'www.b.a.test.')).toBe('5')
  })

  test('memory stays under its limit of records, the zone asked longest ago goes first', async () => {
    const zones = ['a.test.', 'b.test.', 'c.test.'].map((name) => zoneOf(name, [`www.${name} 60 A 192.0.2.1`]))
    const source = sourceOf(...zones)
    const store = createZoneStore(source, { maxRecords: 6 })
    for (const name of ['a.test.', 'b.test.', 'c.test.']) await ask(store, `www.${name}`)
    expect(store.size()).toEqual({ zones: 2, records: 6 })
    expect([store.peek(keyOfName('a.test.')), store.peek(keyOfName('b.test.'))?.apex]).toEqual([undefined, 'b.test.'])
    expect(await ask(store, 'www.a.test.')).toBe('0 aa 1')
  })

  test('a source that fails gives SERVFAIL, says why, and is asked again after a change', async () => {
    const errors: string[] = []
    let broken = true
    const good = sourceOf(zoneOf(apex, ['www.a.test. 60 A 192.0.2.1']))
    const source: ZoneSource = {
      locate: (names) => good.locate(names),
      load: async (name) => (broken ? { ...zoneOf(apex), serial: 2 } : good.load(name)),
    }
    const store = createZoneStore(source, { onError: (zone, error) => errors.push(`${zone} ${String(error)}`) })
    expect(await ask(store, 'www.a.test.')).toBe('2')
    expect(errors).toEqual(['a.test. Error: zone a.test.: its SOA has serial 1, not 2'])
    broken = false
    store.invalidate(apex)
    expect(await ask(store, 'www.a.test.')).toBe('0 aa 1')
  })

  test('a source that hangs gives SERVFAIL in time, and too many waiting queries give it at once', async () => {
    const never = new Promise<null>(() => undefined)
    const store = createZoneStore({ locate: () => never, load: () => never }, { waitMs: 500, maxWaiting: 3 })
    const began = Date.now()
    const waiting = [1, 2, 3].map((i) => ask(store, `n${i}.test.`))
    expect(await ask(store, 'n4.test.')).toBe('2')
    expect(Date.now() - began).toBeLessThan(400)
    expect(await Promise.all(waiting)).toEqual(['2', '2', '2'])
    expect(Date.now() - began).toBeGreaterThan(450)
  })

  test('a flood of unknown names asks the source only a few questions at a time', async () => {
    let [now, most, asked] = [0, 0, 0]
    const locate = async () => {
      asked++
      most = Math.max(most, ++now)
      await sleep(1)
      now--
      return null
    }
    const store = createZoneStore({ locate, load: async () => null })
    const answers = await Promise.all(Array.from({ length: 500 }, (_, i) => ask(store, `n${i}.test.`)))
    expect([new Set(answers), asked, most]).toEqual([new Set(['5']), 500, 16])
  })

  test('a change while the zone is being read is not lost', async () => {
    let serial = 1
    const source: ZoneSource = {
      locate: async () => apex,
      load: async () => {
        const zone = zoneOf(apex, [`www.a.test. 60 A 192.0.2.${serial}`], serial)
        await sleep(30)
        return zone
      },
    }
    const store = createZoneStore(source)
    const first = ask(store, 'www.a.test.')
    await sleep(10)
    serial = 2
    expect(store.applyDiff(apex, 1, 2, [soa(apex, 1), www(1)], [soa(apex, 2), www(2)])).toBe('not-loaded')
    expect(await first).toBe('0 aa 2')
  })
})

describe('changes in place', () => {
  const lines = ['www.a.test. 60 A 192.0.2.1', 'x.deep.a.test. 60 A 192.0.2.9']

  async function loaded(...more: string[]) {
    const zones = [zoneOf(apex, [...lines, ...more])]
    const source = sourceOf(...zones)
    const store = createZoneStore(source)
    await ask(store, 'www.a.test.')
    return { store, source, zones }
  }

  test('a changed record is answered at once, with the new serial, without reading the zone again', async () => {
    const { store, source } = await loaded()
    expect(store.applyDiff('A.test.', 1, 2, [soa(apex, 1), www(1)], [soa(apex, 2), www(2), www(3)])).toBe('changed')
    expect(await ask(store, 'www.a.test.')).toBe('0 aa 2,3')
    expect(store.peek(keyOfName(apex))?.serial).toBe(2)
    expect([source.loaded, store.size().records]).toEqual([1, 5])
  })

  test('a removed name is gone with the empty non-terminals above it, and a new one makes them', async () => {
    const { store } = await loaded()
    const leaf = readLine('x.deep.a.test. 60 A 192.0.2.9')
    expect(await ask(store, 'deep.a.test.')).toBe('0 aa')
    store.applyDiff(apex, 1, 2, [soa(apex, 1), leaf], [soa(apex, 2)])
    expect(await ask(store, 'deep.a.test.')).toBe('3 aa')
    store.applyDiff(apex, 2, 3, [soa(apex, 2)], [soa(apex, 3), readLine('a.b.c.a.test. 60 A 192.0.2.9')])
    expect([await ask(store, 'b.c.a.test.'), await ask(store, 'c.a.test.')]).toEqual(['0 aa', '0 aa'])
  })

  test('delegations, wildcards and DNAMEs come and go with their records', async () => {
    const { store } = await loaded('w.cut.a.test. 60 A 192.0.2.5')
    const steps: [string, string, string, string][] = [
      ['cut.a.test. 60 NS ns.elsewhere.example.', 'w.cut.a.test.', '0', '0 aa 5'],
      ['*.a.test. 60 A 192.0.2.7', 'any.a.test.', '0 aa 7', '3 aa'],
      ['dn.a.test. 60 DNAME b.test.', 'x.dn.a.test.', '0 aa 0,0', '3 aa'],
    ]
    let serial = 1
    for (const [line, name, present, absent] of steps) {
      expect(await ask(store, name)).toBe(absent)
      store.applyDiff(apex, serial, serial + 1, [soa(apex, serial)], [soa(apex, serial + 1), readLine(line)])
      expect(await ask(store, name)).toBe(present)
      serial += 2
      store.applyDiff(apex, serial - 1, serial, [soa(apex, serial - 1), readLine(line)], [soa(apex, serial)])
      expect(await ask(store, name)).toBe(absent)
    }
  })

  test.each([
    ['another serial than the loaded one', 5, 6, [soa(apex, 1)], [soa(apex, 6)]],
    ['a record that is not there to remove', 1, 2, [soa(apex, 1), www(77)], [soa(apex, 2)]],
    ['no new SOA', 1, 2, [], []],
    ['a name outside the zone', 1, 2, [soa(apex, 1)], [soa(apex, 2), readLine('b.test. 60 A 192.0.2.1')]],
  ])('a change with %s makes the zone be read again', async (_title, from, to, removed, added) => {
    const { store, source } = await loaded()
    expect(store.applyDiff(apex, from, to, removed, added)).toBe('reloads')
    expect(await ask(store, 'www.a.test.')).toBe('0 aa 1')
    expect(source.loaded).toBe(2)
  })

  test('one changed record of 100,000 takes under a millisecond', async () => {
    const names = Array.from({ length: 100_000 }, (_, i) => `h${i}.a.test. 60 A 192.0.2.1`)
    const { store } = await loaded(...names)
    const began = performance.now()
    for (let serial = 1; serial <= 100; serial++) {
      const [before, after] = [serial % 2, (serial + 1) % 2]
      const old = readLine(`h500.a.test. 60 A 192.0.2.${before}`)
      const now = readLine(`h500.a.test. 60 A 192.0.2.${after}`)
      const outcome = store.applyDiff(apex, serial, serial + 1, [soa(apex, serial), old], [soa(apex, serial + 1), now])
      expect(outcome).toBe('changed')
    }
    expect((performance.now() - began) / 100).toBeLessThan(1)
    expect(await ask(store, 'h500.a.test.')).toBe('0 aa 1')
  })
})
