import type { ItemOf } from '@zoneward/api'
import type { Scope } from '@zoneward/permissions'
import { describeSubjects } from '../access/describe-subjects.ts'
import { findResources } from '../access/find-resource.ts'
import { roleBook } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { keyOf } from './places-to-judge.ts'
import { type AssertionRow, ruleOf } from './stored-rule.ts'

export type ShownAssertion = ItemOf<'assertions.list'>

/** Assertions with the names of everything in them; who is gone from the exceptions is left out. */
export async function presentAssertions(tx: Tx, actor: Actor, rows: AssertionRow[]): Promise<ShownAssertion[]> {
  const rules = rows.map(ruleOf)
  const scopes = rules.flatMap(({ at, who }) => (who.kind === 'role' ? [at, who.scope] : [at]))
  const places = await findResources(tx, actor.orgId, scopes)
  const subjects = await describeSubjects(tx, actor, [
    ...rules.flatMap(({ who, except }) => [...(who.kind === 'subject' ? [who.subject_id] : []), ...except]),
    ...rows.flatMap((row) => row.created_by ?? []),
  ])
  const roles = await roleBook(tx, actor.orgId)
  const named = ({ kind, id }: Scope) => ({ kind, id, name: places.get(keyOf({ kind, id }))?.name ?? '' })
  return rows.map((row) => {
    const { who, permission, at, record, except } = ruleOf(row)
    return {
      id: row.id,
      sentence: row.sentence,
      who: {
        kind: who.kind,
        realm: who.kind === 'realm' ? who.realm : null,
        role_id: who.kind === 'role' ? who.role_id : null,
        role: who.kind === 'role' ? (roles.get(who.role_id)?.name ?? who.role_id) : null,
        scope: who.kind === 'role' ? named(who.scope) : null,
        subject: who.kind === 'subject' ? (subjects.get(who.subject_id) ?? null) : null,
      },
      permission,
      at: named(at),
      record,
      except: except.flatMap((id) => subjects.get(id) ?? []),
      created_by: (row.created_by && subjects.get(row.created_by)?.name) ?? null,
      created_at: row.created_at.toISOString(),
    }
  })
}
