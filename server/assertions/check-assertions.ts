import type { AnswerOf } from '@zoneward/api'
import type { Assertion, RoleBook } from '@zoneward/permissions'
import { roleBook } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, notFound } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import { describeBreaches } from './describe-breaches.ts'
import { judgeWhole } from './judge-whole.ts'
import { readRule } from './read-rule.ts'
import { assertionById, selectAssertions } from './store.ts'
import { type AssertionRow, ruleOf, toAssertion } from './stored-rule.ts'

type Request = ActorRequest<'assertions.check'>
type Findings = AnswerOf<'assertions.check'>
type Question = { id: string | null; sentence: string; assertion: Assertion }

/** Whether assertions hold as things are: all of them, one, or a rule that is not saved. */
export async function checkAssertions(tx: Tx, request: Request): Promise<Findings> {
  const { actor, body } = request
  const { questions, roles } = await questionsOf(tx, request)
  const items: Findings['items'] = []
  for (const { id, sentence, assertion } of questions) {
    const breaches = await judgeWhole(tx, assertion, { orgId: actor.orgId, roles, now: actor.now })
    const listed = breaches.slice(0, body.limit).map((breach) => ({ assertion, breach }))
    items.push({
      assertion: { id, sentence },
      holds: breaches.length === 0,
      breaches: await describeBreaches(tx, actor, listed),
      breach_count: breaches.length,
    })
  }
  return { items }
}

async function questionsOf(tx: Tx, request: Request): Promise<{ questions: Question[]; roles: RoleBook }> {
  const { actor, body } = request
  if (body.rule !== undefined && body.assertion_id !== undefined) {
    throw new Fault('invalid', 'Name an assertion or give a rule, not both.', {
      fields: [{ path: 'rule', message: 'Leave it out where assertion_id is named.' }],
    })
  }
  if (body.rule !== undefined) {
    const { assertion, sentence, roles } = await readRule(tx, actor, body.rule, 'rule.')
    return { questions: [{ id: null, sentence, assertion }], roles }
  }
  const rows = await rowsOf(tx, request)
  const questions = rows.flatMap((row: AssertionRow) => {
    const assertion = toAssertion(row.id, ruleOf(row))
    return assertion === null ? [] : [{ id: row.id, sentence: row.sentence, assertion }]
  })
  return { questions, roles: await roleBook(tx, actor.orgId) }
}

async function rowsOf(tx: Tx, { actor, allowed, body }: Request): Promise<AssertionRow[]> {
  const { orgId } = actor
  if (body.assertion_id === undefined) return selectAssertions(tx, allowed, { orgId, after: null, limit: 1000 })
  const row = await assertionById(tx, allowed, { orgId, id: body.assertion_id })
  if (row === null) throw notFound()
  return [row]
}
