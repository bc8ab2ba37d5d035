import type { ResourceRecord } from '@zoneward/dns'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createResponder } from '../answers/responder.ts'
import { bytesOf, messageOf, queryFor } from '../testing/ask-server.ts'
import { readLine, sourceOf } from '../testing/read-test-zone.ts'
import type { ZoneStore } from './zone-store.ts'
import { createZoneStore } from './zone-store.ts'

const APEX = 'z.test.'
const soa = (serial: number) => readLine(`z.test. 60 SOA ns.z.test. h.z.test. ${serial} 1 1 1 60`)
const OWNERS = ['z.test.', 'a.z.test.', 'b.a.z.test.', '*.a.z.test.', '*.z.test.', 'c.b.a.z.test.', 'd.z.test.']
const DATA = ['A 192.0.2.1', 'A 192.0.2.2', 'NS ns.a.z.test.', 'DNAME a.z.test.', 'TXT "x"', 'MX 1 d.z.test.']
const POOL = OWNERS.flatMap((owner) => DATA.map((data) => readLine(`${owner} 60 ${data}`)))
const QUESTIONS = [...OWNERS, 'x.z.test.', 'x.a.z.test.', 'x.b.a.z.test.', 'y.x.d.z.test.', 'x.c.b.a.z.test.']

const versions = fc.array(fc.subarray(POOL), { minLength: 2, maxLength: 5 })

test('a zone changed in place answers like one loaded whole, for any series of changes', async () => {
  const check = fc.asyncProperty(versions, async (steps) => {
    const store = createZoneStore(sourceOf(zoneAt(1, steps[0] ?? [])))
    await allAnswers(store)
    for (let i = 1; i < steps.length; i++) {
      const [before, after] = [steps[i - 1] ?? [], steps[i] ?? []]
      const removed = [soa(i), ...before.filter((record) => !after.includes(record))]
      const added = [soa(i + 1), ...after.filter((record) => !before.includes(record))]
      expect(store.applyDiff(APEX, i, i + 1, removed, added)).toBe('changed')
      const whole = createZoneStore(sourceOf(zoneAt(i + 1, after)))
      expect(await allAnswers(store)).toEqual(await allAnswers(whole))
    }
  })
  await fc.assert(check, { numRuns: 40 })
})

function zoneAt(serial: number, records: ResourceRecord[]) {
  return { apex: APEX, serial, records: [soa(serial), ...records], subZones: [] }
}

async function allAnswers(store: ZoneStore): Promise<string[]> {
  const responder = createResponder(store)
  const answers: string[] = []
  for (const name of QUESTIONS) {
    for (const type of [1, 2, 15, 39, 43]) {
      const message = messageOf(await responder.respondLater(bytesOf(queryFor(name, type)), 'tcp'))
      const { rcode, flags } = message
      const sections = [message.answers, message.authorities, message.additionals]
      const shown = sections.map((records) =>
        records
          .map((record) => JSON.stringify(record))
          .sort()
          .join(' '),
      )
      answers.push(`${name} ${type} ${rcode} ${flags.aa} ${shown.join(' / ')}`)
    }
  }
  return answers
}
