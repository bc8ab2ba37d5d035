import { type AnswerOf, operations, type ParsedBody } from '@zoneward/api'
import type { Tx } from '../database/pools.ts'
import { invalidField } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { type Answer, evaluateAll, evaluateOne } from './evaluate.ts'
import type { Evaluation } from './words.ts'

type Body = ParsedBody<'authzen.evaluations'>

/**
 * Many questions in one request. Without a list of them it is a single one:
 * https://openid.net/specs/authorization-api-1_0.html#section-7
 */
export async function evaluateMany(tx: Tx, actor: Actor, body: Body): Promise<AnswerOf<'authzen.evaluations'>> {
  const { evaluations = [], options, ...defaults } = body
  if (evaluations.length === 0) return evaluateOne(tx, actor, readOne(defaults))
  const read = evaluations.map((each) => readItem(each, defaults))
  const asked = read.filter((each) => 'subject' in each)
  const answered = (await evaluateAll(tx, actor, asked)).values()
  const answers = read.map((each) => ('subject' in each ? (answered.next().value as Answer) : each))
  const last = endOf(answers, options?.evaluations_semantic ?? 'execute_all')
  return { evaluations: last < 0 ? answers : answers.slice(0, last + 1) }
}

/** Where the list is cut short: after the first denial, or the first permit. */
function endOf(answers: Answer[], semantic: 'execute_all' | 'deny_on_first_deny' | 'permit_on_first_permit'): number {
  if (semantic === 'execute_all') return -1
  return answers.findIndex(({ decision }) => decision === (semantic === 'permit_on_first_permit'))
}

type Defaults = Omit<Body, 'evaluations' | 'options'>

function readOne(defaults: Defaults): Evaluation {
  const { subject, action, resource, context } = defaults
  if (!subject) throw invalidField('subject', 'Required, where no list of evaluations has one in each.')
  if (!action) throw invalidField('action', 'Required, where no list of evaluations has one in each.')
  if (!resource) throw invalidField('resource', 'Required, where no list of evaluations has one in each.')
  return { subject, action, resource, context }
}

const schema = operations['authzen.evaluation'].body

/** What one of them says goes before what is said for all; what cannot be read is denied, and says why. */
function readItem(item: unknown, defaults: Defaults): Evaluation | Answer {
  const isObject = typeof item === 'object' && item !== null && !Array.isArray(item)
  const own = isObject ? Object.entries(item).filter(([, value]) => value !== undefined) : []
  const read = schema.safeParse(isObject ? { ...defaults, ...Object.fromEntries(own) } : item)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const message = `${issue?.path.join('.') || 'evaluation'}: ${issue?.message}`
  return { decision: false, context: { error: { status: 400, message } } }
}
