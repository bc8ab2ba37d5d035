import { type Assertion, checkAssertion, type RoleBook, type Scope } from '@zoneward/permissions'
import { describeSubjects } from '../access/describe-subjects.ts'
import { findResources } from '../access/find-resource.ts'
import { readPattern } from '../access/key-ceiling.ts'
import { accessLabels } from '../access/record-ref.ts'
import { roleBook } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import { invalidField } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { composeSentence, type RuleNames } from './compose-sentence.ts'
import { keyOf } from './places-to-judge.ts'
import { type StoredRule, toAssertion } from './stored-rule.ts'

export type SentRule = Omit<StoredRule, 'except'> & { except: string[]; sentence?: string | undefined }

/** A rule that was read: as it is kept, as the core judges it, and in words. */
export type ReadRule = { rule: StoredRule; assertion: Assertion; sentence: string; roles: RoleBook }

/** Reads a rule, or says which field of it is wrong. `path` is where it stands in the body: '' or 'rule.'. */
export async function readRule(tx: Tx, actor: Actor, sent: SentRule, path: string): Promise<ReadRule> {
  const rule = tidy(sent)
  const roles = await roleBook(tx, actor.orgId)
  const names = await namesOf(tx, actor, rule, roles, path)
  if (rule.record !== null) {
    const read = readPattern(rule.record.name, rule.record.types)
    if ('error' in read) throw invalidField(`${path}record.${read.of === 'types' ? 'types' : 'name'}`, `${read.error}.`)
  }
  const assertion = toAssertion('', rule)
  if (assertion === null) {
    const message = `There is no permission "${rule.permission}": GET /v1/permissions lists them.`
    throw invalidField(`${path}permission`, message)
  }
  const apex = rule.at.kind === 'zone' ? accessLabels(absolute(names.place(rule.at))) : undefined
  const fault = checkAssertion(assertion, roles, apex)
  if (fault !== null) throw invalidField(`${path}${fault.field}`, `${fault.message}.`)
  return { rule, assertion, sentence: sent.sentence ?? composeSentence(rule, names), roles }
}

/** Ids are compared byte for byte, and kept in small letters. */
function tidy({ who, permission, at, record, except }: SentRule): StoredRule {
  return {
    who: tidyWho(who),
    permission,
    at: small(at),
    record,
    except: [...new Set(except.map((id) => id.toLowerCase()))],
  }
}

function tidyWho(who: StoredRule['who']): StoredRule['who'] {
  if (who.kind === 'role') return { ...who, scope: small(who.scope) }
  if (who.kind === 'subject') return { ...who, subject_id: who.subject_id.toLowerCase() }
  return who
}

function small({ kind, id }: Scope): Scope {
  return { kind, id: id.toLowerCase() }
}

function absolute(name: string): string {
  return name === '.' ? name : `${name}.`
}

async function namesOf(tx: Tx, actor: Actor, rule: StoredRule, roles: RoleBook, path: string): Promise<RuleNames> {
  const { who, at, except } = rule
  const scopes = who.kind === 'role' ? [at, who.scope] : [at]
  const places = await findResources(tx, actor.orgId, scopes)
  const subjectIds = [...(who.kind === 'subject' ? [who.subject_id] : []), ...except]
  const subjects = await describeSubjects(tx, actor, subjectIds)
  const there = (scope: Scope) => places.has(keyOf(scope))
  if (!there(at)) throw invalidField(`${path}at.id`, `There is no such ${at.kind} here: choose one from the list.`)
  if (who.kind === 'role' && !there(who.scope)) {
    throw invalidField(`${path}who.scope.id`, `There is no such ${who.scope.kind} here: choose one from the list.`)
  }
  if (who.kind === 'subject' && !subjects.has(who.subject_id)) {
    throw invalidField(`${path}who.subject_id`, 'There is no such person or team here: choose one from the list.')
  }
  for (const [place, id] of except.entries()) {
    if (subjects.has(id)) continue
    throw invalidField(`${path}except.${place}`, 'There is no such person or team here: choose one from the list.')
  }
  return {
    subject: (id) => subjects.get(id) ?? { name: 'somebody', kind: 'member' },
    role: (id) => roles.get(id)?.name ?? id,
    place: (scope) => places.get(`${scope.kind} ${scope.id}`)?.name ?? '',
  }
}
