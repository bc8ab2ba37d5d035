import { type Assertion, isPermission, type Realm, type Scope } from '@zoneward/permissions'
import type { Selectable } from 'kysely'
import { readPattern } from '../access/key-ceiling.ts'
import type { AssertionTable } from '../database/schema-access.ts'

/** An assertion as it is kept, in the words of the API. */
export type StoredRule = {
  who:
    | { kind: 'anyone' }
    | { kind: 'realm'; realm: Realm }
    | { kind: 'role'; role_id: string; scope: Scope }
    | { kind: 'subject'; subject_id: string }
  permission: string
  at: Scope
  record: StoredRecord | null
  except: string[]
}

export type StoredRecord = { name: string; types?: string[] | undefined }

export type AssertionRow = Selectable<AssertionTable>

export function ruleOf(row: Pick<AssertionRow, 'rule'>): StoredRule {
  return row.rule as StoredRule
}

/** As the core judges it; null where it names a permission that there is no more. */
export function toAssertion(id: string, rule: StoredRule): Assertion | null {
  const { permission, at, record, except } = rule
  if (!isPermission(permission)) return null
  const read = record === null ? null : readPattern(record.name, record.types)
  return {
    id,
    who: whoOf(rule.who),
    permission,
    at,
    // A pattern that can no longer be read bounds nothing: rather judged too strictly than not at all.
    ...(read !== null && 'pattern' in read ? { record: read.pattern } : {}),
    except,
  }
}

function whoOf(who: StoredRule['who']): Assertion['who'] {
  if (who.kind === 'role') return { kind: 'role', roleId: who.role_id, scope: who.scope }
  if (who.kind === 'subject') return { kind: 'subject', subjectId: who.subject_id }
  return who
}
