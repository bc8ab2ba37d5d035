import type { Assertion, Breach, Realm, RoleBook } from '@zoneward/permissions'
import { sql } from 'kysely'
import { customRoleId, roleBook } from '../access/role-book.ts'
import type { Database } from '../database/open-database.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import { describeBreaches } from './describe-breaches.ts'
import { grantsToJudge } from './grants-to-judge.ts'
import { judge } from './judge.ts'
import { judgeNewZones } from './judge-new-zones.ts'
import { judgeWhole } from './judge-whole.ts'
import { isNothing, parseTouched, type Touched } from './read-touched.ts'
import { type AssertionRow, ruleOf, toAssertion } from './stored-rule.ts'

/** Whoever changes access, as far as it matters for what it is told. */
export type Changer = {
  orgId: string
  realm: Realm
  now: number
  portal: { customerId: string | null } | null
  /** Somebody who accepts an invitation, and knows nothing of the organization yet. */
  joining?: boolean
}

export type Ended = { id: string; sentence: string }

/**
 * Refuses the change that this transaction has made where an assertion would no longer hold, with the way by which it
 * is broken. For the end of every change of access: its lock keeps two changes, of which each alone breaks nothing,
 * from passing each other. Answers the assertions that ended with what they were about.
 */
export async function keepAssertions(tx: Tx, changer: Changer, database: Database): Promise<Ended[]> {
  const { rows, touched } = await assertionsAndTouched(tx, changer.orgId)
  if (rows.length === 0 || isNothing(touched)) return touched.ended
  keepNamedRoles(rows, touched)
  const sentences = new Map(rows.map((row) => [row.id, row.sentence]))
  const assertions = rows.flatMap((row) => toAssertion(row.id, ruleOf(row)) ?? [])
  const matter = {
    orgId: changer.orgId,
    assertions,
    roles: await roleBook(tx, changer.orgId),
    now: changer.now,
    touched,
  }
  const broken = (await firstBroken(tx, matter)) ?? (await brokenUnseen(tx, matter, changer, database))
  if (broken === null) return touched.ended
  throw await refusal(tx, changer, { ...broken, sentence: sentences.get(broken.assertion.id) ?? '' })
}

type Matter = { orgId: string; assertions: Assertion[]; roles: RoleBook; now: number; touched: Touched }
type Broken = { assertion: Assertion; breach: Breach }

async function firstBroken(tx: Tx, matter: Matter): Promise<Broken | null> {
  if (matter.touched.everything || matter.touched.roleSet) {
    for (const assertion of matter.assertions) {
      const [breach] = await judgeWhole(tx, assertion, matter)
      if (breach) return { assertion, breach }
    }
    return null
  }
  const found = await judge(tx, { ...matter, ...(await grantsToJudge(tx, matter)) })
  for (const [assertion, [breach]] of found) if (breach) return { assertion, breach }
  return null
}

/** The pool of client accounts sees nothing of staff, who may reach a zone that a client account has just made. */
async function brokenUnseen(tx: Tx, matter: Matter, { realm }: Changer, database: Database): Promise<Broken | null> {
  return realm === 'client' ? judgeNewZones(tx, matter, database.staff) : null
}

async function assertionsAndTouched(tx: Tx, orgId: string): Promise<{ rows: AssertionRow[]; touched: Touched }> {
  // One row at least, so that one question answers both.
  const { rows } = await sql<AssertionRow & { touched: string | null }>`
    select a.*, touched() as touched
    from (select 1) as one left join assertion a on a.org_id = ${orgId}::uuid order by a.id`.execute(tx)
  return { rows: rows.filter((row) => row.id !== null), touched: parseTouched(rows[0]?.touched ?? '') }
}

/** A role that an assertion is about is not deleted under it: who would be meant? */
function keepNamedRoles(rows: AssertionRow[], { rolesDeleted }: Touched): void {
  const gone = new Set(rolesDeleted.map(customRoleId))
  const naming = rows.find((row) => {
    const { who } = ruleOf(row)
    return who.kind === 'role' && gone.has(who.role_id)
  })
  if (!naming) return
  const { id, sentence } = naming
  throw new Fault('conflict', `An assertion is about this role: "${sentence}" Drop the assertion first.`, {
    assertion: { id, sentence },
  })
}

async function refusal(tx: Tx, changer: Changer, { breach, assertion, sentence }: Broken & { sentence: string }) {
  if (changer.joining) {
    const detail = 'What this invitation gives is against a rule of the organization by now: ask whoever invited you.'
    return new Fault('conflict', detail)
  }
  // Assertions are the provider's own matter: a client account learns that there is one, and no more.
  if (changer.realm === 'client') {
    return new Fault('conflict', 'A rule of your provider does not allow this: ask your provider.', {
      assertion: { id: assertion.id, sentence: 'A rule of your provider.' },
    })
  }
  const [shown] = await describeBreaches(tx, changer, [{ assertion, breach }])
  const detail = `This would break the assertion "${sentence}" ${shown?.sentence ?? ''}`.trimEnd()
  return new Fault('conflict', detail, {
    assertion: { id: assertion.id, sentence },
    path: shown?.path ?? [],
  })
}
