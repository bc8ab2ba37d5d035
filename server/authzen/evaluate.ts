import type { AnswerOf } from '@zoneward/api'
import { type Decision, decide, type Reason, type RoleBook } from '@zoneward/permissions'
import { authorize, isVisible, may } from '../access/authorize.ts'
import { findResources, type NamedResource } from '../access/find-resource.ts'
import { permissionWords } from '../access/permission-words.ts'
import { sentenceOf } from '../access/refusal.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { aboutRecord } from '../questions/read-questions.ts'
import { accessOfOther, ownAccess, type Whose } from '../questions/whose-access.ts'
import { type Evaluation, type SubjectType, type Unknown, type Words, wordsOf } from './words.ts'

export type Answer = AnswerOf<'authzen.evaluation'>

/** Questions answered in their order, each by itself: what is wrong with one is told in its answer. */
export async function evaluateAll(tx: Tx, actor: Actor, questions: readonly Evaluation[]): Promise<Answer[]> {
  const words = questions.map(wordsOf)
  const scopes = words.flatMap((each) => ('unknown' in each ? [] : [each.scope]))
  const places = await findResources(tx, actor.orgId, scopes)
  const asking = createAsking(tx, actor)
  const answers: Answer[] = []
  for (const each of words) {
    const place = 'unknown' in each ? null : (places.get(`${each.scope.kind} ${each.scope.id}`) ?? null)
    answers.push(await evaluateWords(asking, each, place))
  }
  return answers
}

/** One question; who may not ask it of another is refused as a whole: 403, with the permission that is missing. */
export async function evaluateOne(tx: Tx, actor: Actor, question: Evaluation): Promise<Answer> {
  const [answer] = await evaluateAll(tx, actor, [question])
  const words = wordsOf(question)
  if (answer && isForbidden(answer) && !('unknown' in words)) {
    const place = [...(await findResources(tx, actor.orgId, [words.scope])).values()][0]
    if (place) await authorize(tx, actor, { permission: 'grants.view', resource: place.resource })
  }
  return answer as Answer
}

const mayNotAsk = { status: 403, message: '"grants.view" is missing there: you may ask about yourself only.' }

function isForbidden({ context }: Answer): boolean {
  return context?.['error'] === mayNotAsk
}

type Asking = ReturnType<typeof createAsking>

/** Who is asked about is looked up once, and once for each place whether the caller may ask there. */
function createAsking(tx: Tx, actor: Actor) {
  const others = new Map<string, Promise<Awaited<ReturnType<typeof accessOfOther>>>>()
  const askable = new Map<string, Promise<'yes' | 'no' | 'unseen'>>()
  const own = ownAccess(tx, actor)
  // A failure is the answer of whoever awaits it.
  own.catch(() => {})
  return {
    actor,
    own: () => own,
    other: (id: string) => remembered(others, id, () => accessOfOther(tx, actor, id)),
    mayAskAt: ({ resource }: NamedResource) =>
      remembered(askable, `${resource.kind} ${resource.id}`, async () => {
        if (await may(tx, actor, { permission: 'grants.view', resource })) return 'yes'
        const { held, asker } = await own
        return isVisible(held, { ...asker, permission: 'grants.view', resource }) ? 'no' : 'unseen'
      }),
  }
}

function remembered<T>(known: Map<string, Promise<T>>, key: string, find: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? find()
  known.set(key, found)
  return found
}

async function evaluateWords(asking: Asking, words: Words | Unknown, place: NamedResource | null): Promise<Answer> {
  if ('unknown' in words) return nobodyKnows(words.unknown)
  if (place === null) return nobodyKnows('resource')
  const whose = await whoseAccess(asking, words, place)
  if ('decision' in whose) return whose
  const about = aboutOf(words, place)
  if (about === null) return nobodyKnows('resource')
  const request = { ...whose.asker, ...about }
  const isOwn = words.subject.id === asking.actor.subjectId
  if (isOwn && !isVisible(whose.held, request)) return nobodyKnows('resource')
  return answerOf(decide(whose.held.index, request, { set: whose.held.roleSet }), whose.held.index.roles)
}

/** A record whose name or type cannot be read is not known, as any other. */
export function aboutOf({ permission, record }: Pick<Words, 'permission' | 'record'>, place: NamedResource) {
  try {
    return aboutRecord(record ? { record } : {}, place, permission, '')
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}

async function whoseAccess(asking: Asking, { subject }: Words, place: NamedResource): Promise<Whose | Answer> {
  const { actor } = asking
  if (subject.id === actor.subjectId) {
    return isOwnType(subject.type, actor) ? asking.own() : nobodyKnows('subject')
  }
  const mayAsk = await asking.mayAskAt(place)
  if (mayAsk === 'unseen') return nobodyKnows('resource')
  if (mayAsk === 'no') return { decision: false, context: { error: mayNotAsk } }
  const other = await asking.other(subject.id)
  return other && isOfType(subject.type, other.shown.kind) ? other : nobodyKnows('subject')
}

export function isOfType(asked: SubjectType, kind: string): boolean {
  return asked === kind || (asked === 'user' && (kind === 'member' || kind === 'client_user' || kind === 'service'))
}

/** The caller itself: a member, or a service account by its key; or a client account. */
export function isOwnType(asked: SubjectType, { realm }: Actor): boolean {
  return asked === 'user' || (realm === 'client' ? asked === 'client_user' : asked === 'member' || asked === 'service')
}

function nobodyKnows(part: Unknown['unknown']): Answer {
  const sentences = {
    subject: 'There is no such subject that you can see.',
    resource: 'There is no such resource that you can see.',
    action: 'There is no such action: an action is the name of a permission.',
  }
  return { decision: false, context: { code: `unknown_${part}`, reason: sentences[part] } }
}

/** The reasons of a decision, so that whoever enforces it can say them. */
function answerOf(decision: Decision, roles: RoleBook): Answer {
  if (!decision.allowed) {
    const reason = `"${decision.permission}" is missing: ${permissionWords(decision.permission)}.`
    const nearest = decision.misses.map((miss) => sentenceOf(miss, roles))
    return {
      decision: false,
      context: { code: 'permission_missing', permission: decision.permission, reason, nearest },
    }
  }
  const { permission, partial, reviewRequired, reasons } = decision
  return {
    decision: true,
    context: {
      permission,
      reasons: reasons.map(showReason),
      ...(partial ? { some_records_only: true } : {}),
      ...(reviewRequired ? { review_required: true } : {}),
    },
  }
}

function showReason({ grant, role, scope, teamId }: Reason) {
  const team = teamId === null ? {} : { team_id: teamId }
  return { grant_id: grant.id, role: role.name, scope: { type: scope.kind, id: scope.id }, ...team }
}
