import type { BodyOf } from '@zoneward/api/types'
import { readPatterns } from './patterns.ts'

type Rule = BodyOf<'assertions.create'>

/** What stands in the form of a new assertion. */
export type RuleWish = {
  who: 'anyone' | 'staff' | 'client' | 'role' | 'subject'
  subject: { id: string; name: string } | null
  roleId: string
  permission: string
  at: { kind: Rule['at']['kind']; id: string; name: string }
  /** Records, as they are written: "@ (NS)"; empty: no matter of records. */
  record: string
  except: { id: string; name: string }[]
  sentence: string
}

/** The rule that a filled form makes, kept under this sentence where it has none of its own; null while something is missing. */
export function ruleOf(wish: RuleWish, told: string): Rule | null {
  const who = whoOf(wish)
  if (who === null || wish.at.id === '') return null
  const [pattern] = readPatterns(wish.record)
  const [name] = pattern?.names ?? []
  const types = pattern?.types
  const record = name === undefined ? null : { name, ...(types ? { types } : {}) }
  return {
    who,
    permission: wish.permission,
    at: { kind: wish.at.kind, id: wish.at.id },
    record,
    except: wish.except.map(({ id }) => id),
    sentence: wish.sentence.trim() || told,
  }
}

function whoOf({ who, subject, roleId, at }: RuleWish): Rule['who'] | null {
  if (who === 'anyone') return { kind: 'anyone' }
  if (who === 'staff' || who === 'client') return { kind: 'realm', realm: who }
  if (who === 'subject') return subject ? { kind: 'subject', subject_id: subject.id } : null
  return roleId === '' ? null : { kind: 'role', role_id: roleId, scope: { kind: at.kind, id: at.id } }
}

/** The sentence that a rule makes, as it is being written. */
export function tellRule(wish: RuleWish, permissionSentence: string, roleName: string): string {
  const who = {
    anyone: 'Nobody',
    staff: 'No staff',
    client: 'No client account',
    role: `Nobody with the role ${roleName || '…'} there`,
    subject: `${wish.subject?.name ?? '…'} never`,
  }[wish.who]
  const may = wish.who === 'subject' ? 'may' : 'can ever'
  const record = wish.record.trim() === '' ? '' : `, on ${wish.record.trim()}`
  const except = wish.except.length > 0 ? `, but ${wish.except.map(({ name }) => name).join(' and ')}` : ''
  const deed = permissionSentence.charAt(0).toLowerCase() + permissionSentence.slice(1)
  return `${who} ${may} ${deed} on ${wish.at.name || '…'} or below it${record}${except}.`
}
