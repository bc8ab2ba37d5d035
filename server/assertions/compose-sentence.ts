import type { StoredRule } from './stored-rule.ts'

/** What the things of a rule are called. */
export type RuleNames = {
  subject: (id: string) => { name: string; kind: string }
  role: (id: string) => string
  place: (scope: { kind: string; id: string }) => string
}

/**
 * A rule in a sentence, for whoever gave none of its own.
 * @example composeSentence(rule, names) // 'No client account can ever do "zones.delete" on the customer Bakery.'
 */
export function composeSentence(rule: StoredRule, names: RuleNames): string {
  const record = rule.record === null ? '' : ` for ${recordWords(rule.record)}`
  return `${whoWords(rule, names)} do "${rule.permission}" on the ${placeWords(rule.at, names)}${record}.`
}

function whoWords({ who, except }: StoredRule, names: RuleNames): string {
  const others = except.length === 0 ? '' : ` but ${listOf(except.map((id) => subjectWords(id, names)))}`
  if (who.kind === 'anyone') return `Nobody${others} can ever`
  if (who.kind === 'realm') {
    return `${who.realm === 'client' ? 'No client account' : 'No member of staff'}${others} can ever`
  }
  if (who.kind === 'role') {
    return `Nobody who is ${names.role(who.role_id)} on the ${placeWords(who.scope, names)}${others === '' ? '' : `,${others},`} can ever`
  }
  const { name, kind } = names.subject(who.subject_id)
  if (kind === 'team') return `Nobody in the team ${name}${others} can ever`
  return `${name} can never`
}

function subjectWords(id: string, names: RuleNames): string {
  const { name, kind } = names.subject(id)
  return kind === 'team' ? `the team ${name}` : name
}

function placeWords(scope: { kind: string; id: string }, names: RuleNames): string {
  return `${scope.kind} ${names.place(scope)}`
}

export function recordWords({ name, types }: { name: string; types?: string[] | undefined }): string {
  return types === undefined ? name : `${name} ${types.join(',')}`
}

export function listOf(words: string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** @example dayOf('2026-12-12T09:00:00.000Z') // '12 Dec 2026' */
export function dayOf(time: string): string {
  const date = new Date(time)
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}
