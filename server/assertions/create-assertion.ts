import type { Tx } from '../database/pools.ts'
import { Fault, notFound } from '../fault.ts'
import type { ActorRequest, Note } from '../http/request.ts'
import { newId } from '../ids.ts'
import { describeBreaches } from './describe-breaches.ts'
import { judgeWhole } from './judge-whole.ts'
import { presentAssertions, type ShownAssertion } from './present-assertions.ts'
import { readRule } from './read-rule.ts'
import { countAssertions, insertAssertion } from './store.ts'

// Each of them may have to be judged whenever access changes.
const most = 500
const told = 3

/** States what must never be possible. While it is possible it is refused, with the ways by which it is. */
export async function createAssertion(
  tx: Tx,
  note: Note,
  request: ActorRequest<'assertions.create'>,
): Promise<ShownAssertion> {
  const { actor, allowed, body } = request
  const { orgId } = actor
  if ((await countAssertions(tx, allowed, orgId)) >= most) {
    throw new Fault('conflict', `There are ${most} assertions already, as many as there can be: drop one first.`)
  }
  const { rule, assertion, sentence, roles } = await readRule(tx, actor, body, '')
  const breaches = await judgeWhole(tx, assertion, { orgId, roles, now: actor.now })
  if (breaches.length > 0) {
    const first = breaches.slice(0, told).map((breach) => ({ assertion, breach }))
    const shown = await describeBreaches(tx, actor, first)
    const more = breaches.length > told ? ` And ${breaches.length - told} more ways.` : ''
    const ways = shown.map((one) => one.sentence).join(' ')
    throw new Fault('conflict', `This does not hold now. ${ways}${more}`, { path: shown[0]?.path ?? [] })
  }
  const row = await insertAssertion(tx, allowed, { orgId, id: newId(), sentence, rule, by: actor.subjectId })
  const { kind, id } = rule.at
  note({
    customerId: kind === 'customer' ? id : null,
    zoneId: kind === 'zone' ? id : null,
    facts: { assertion: row.id, sentence, rule },
  })
  const [made] = await presentAssertions(tx, actor, [row])
  if (!made) throw notFound()
  return made
}
