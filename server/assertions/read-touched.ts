import { type Scope, type ScopeKind, scopeKinds } from '@zoneward/permissions'
import { sql } from 'kysely'
import type { Tx } from '../database/pools.ts'

/** A zone or hosting that was made, moved or deleted, and where it hung before. */
export type TouchedPlace = { sign: '+' | '~' | '-'; id: string; before: readonly Scope[] }

/** What a transaction has changed so far of who may do what, as its tables noted it (migration 0010). */
export type Touched = {
  /** More than can be listed: everything has to be looked at. */
  everything: boolean
  grants: { sign: '+' | '~' | '-'; id: string; subjectId: string; scope: Scope }[]
  memberships: { sign: '+' | '-'; teamId: string; userId: string }[]
  /** Roles of the organization's own: changed, and deleted. */
  rolesChanged: string[]
  rolesDeleted: string[]
  /** Customers whose ceiling was changed. */
  ceilings: string[]
  /** The organization has another role set, where ceilings of customers start. */
  roleSet: boolean
  zones: TouchedPlace[]
  hostings: TouchedPlace[]
  customers: TouchedPlace[]
  providers: TouchedPlace[]
  /** Assertions that ended with what they were about. */
  ended: { id: string; sentence: string }[]
}

/** @example parseTouched('role ~ 0190…').rolesChanged // ['0190…'] */
export function parseTouched(text: string): Touched {
  const touched: Touched = {
    everything: text === '*',
    grants: [],
    memberships: [],
    rolesChanged: [],
    rolesDeleted: [],
    ceilings: [],
    roleSet: false,
    zones: [],
    hostings: [],
    customers: [],
    providers: [],
    ended: [],
  }
  for (const line of text === '*' ? [] : text.split('\n')) addLine(touched, line)
  return touched
}

export async function readTouched(tx: Tx): Promise<Touched> {
  const { rows } = await sql<{
    touched: string | null
  }>`select touched() as touched`.execute(tx)
  return parseTouched(rows[0]?.touched ?? '')
}

/** Whether anything was changed that could give somebody more. */
export function isNothing(touched: Touched): boolean {
  const { everything, roleSet, ended: _, ...lists } = touched
  return !everything && !roleSet && Object.values(lists).every((list) => list.length === 0)
}

function addLine(touched: Touched, line: string): void {
  const [kind, sign, id, ...rest] = line.split(' ')
  if ((sign !== '+' && sign !== '~' && sign !== '-') || id === undefined) return
  const [first = '', second = '', third = ''] = rest
  switch (kind) {
    case 'grant':
      if (isScopeKind(second)) touched.grants.push({ sign, id, subjectId: first, scope: { kind: second, id: third } })
      return
    case 'team_member':
      if (sign !== '~') touched.memberships.push({ sign, teamId: id, userId: first })
      return
    case 'role':
      touched[sign === '-' ? 'rolesDeleted' : 'rolesChanged'].push(id)
      return
    case 'ceiling':
      touched.ceilings.push(id)
      return
    case 'role_set':
      touched.roleSet = true
      return
    case 'zone':
      touched.zones.push({
        sign,
        id,
        before: scopesOf([
          ['provider', first],
          ['customer', second],
        ]),
      })
      return
    case 'hosting':
      touched.hostings.push({ sign, id, before: scopesOf([['customer', first]]) })
      return
    case 'customer':
      touched.customers.push({ sign, id, before: [] })
      return
    case 'provider':
      touched.providers.push({ sign, id, before: [] })
      return
    case 'assertion':
      touched.ended.push({ id, sentence: String(JSON.parse(rest.join(' '))) })
      return
  }
}

function scopesOf(pairs: [ScopeKind, string][]): Scope[] {
  return pairs.flatMap(([kind, id]) => (id === '' ? [] : [{ kind, id }]))
}

function isScopeKind(text: string): text is ScopeKind {
  return scopeKinds.some((kind) => kind === text)
}
