import type { ScopeKind, VisibleScopes } from '@zoneward/permissions'
import { sql } from 'kysely'
import type { Tx } from '../database/pools.ts'
import { invalidField } from '../fault.ts'
import { heldPlaces, type Place, type Wanted } from './held-places.ts'

const none: VisibleScopes = {
  ...{ organizations: [], customers: [], providers: [], zones: [], hostings: [] },
  ...{ within: null, withinPatterns: null, exceptCustomers: [] },
}
const lists = { organization: 'organizations', customer: 'customers', provider: 'providers' } as const

/** The kinds that are listed below a scope, in this order. */
const kindsBelow: Record<ScopeKind, readonly ScopeKind[]> = {
  organization: ['customer', 'provider', 'zone'],
  customer: ['hosting', 'zone'],
  provider: ['zone'],
  zone: [],
  hosting: [],
}

/**
 * A page of what hangs directly below a scope, the scope itself first: customers, providers and the zones of nobody
 * below the organization; hostings and zones below a customer. `next` is null at the end.
 */
export async function thingsBelow(
  tx: Tx,
  orgId: string,
  scope: Place,
  page: { cursor: string | undefined; limit: number },
): Promise<{ things: Place[]; next: string | null }> {
  const { kind } = scope.scope
  const start = readCursor(page.cursor, kindsBelow[kind].length)
  const things = page.cursor === undefined ? [scope] : []
  for (const [index, below] of kindsBelow[kind].entries()) {
    if (index < start.section) continue
    const rest = page.limit + 1 - things.length
    const cursor = index === start.section ? start.cursor : undefined
    const found = await heldPlaces(tx, below, { ...everythingBelow(orgId, scope, below), cursor, limit: rest })
    things.push(...found)
    if (things.length <= page.limit) continue
    const shown = things.slice(0, page.limit)
    const last = shown.at(-1)
    const section = kindsBelow[kind].indexOf(last?.scope.kind ?? 'organization')
    // After the scope itself, everything is still to come.
    return { things: shown, next: section < 0 ? '0.' : `${section}.${last?.cursor ?? ''}` }
  }
  return { things, next: null }
}

function everythingBelow(orgId: string, { scope }: Place, kind: ScopeKind): Omit<Wanted, 'cursor' | 'limit'> {
  const list = lists[scope.kind as keyof typeof lists]
  const scopes = { ...none, [list]: [{ id: scope.id, patterns: null }] }
  const ofNobody = kind === 'zone' && scope.kind === 'organization'
  return {
    orgId,
    holders: [],
    scopes,
    within: null,
    ...(ofNobody ? { also: sql<boolean>`z.customer_id is null` } : {}),
  }
}

function readCursor(text: string | undefined, sections: number): { section: number; cursor: string | undefined } {
  if (text === undefined) return { section: 0, cursor: undefined }
  const [, section = '', cursor = ''] = /^([0-9])\.([\w-]*)$/.exec(text) ?? []
  if (section === '' || Number(section) >= sections) {
    throw invalidField('things_cursor', 'This cursor was not made by this list: pass `next` of the page before.')
  }
  return { section: Number(section), cursor: cursor === '' ? undefined : cursor }
}
