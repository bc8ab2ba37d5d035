import type { Allowed } from '../access/authorize.ts'
import type { Tx } from '../database/pools.ts'
import { type ApiKeyRow, findApiKey, selectApiKeys } from './store.ts'

export type { ApiKeyRow as KeyRow } from './store.ts'

type Page = {
  orgId: string
  ownerId: string | null
  zoneId: string | undefined
  before: string | null
  limit: number
}

/** Keys that are guest links, newest first, one more than a page. */
export function guestKeyPage(tx: Tx, allowed: Allowed, page: Page): Promise<ApiKeyRow[]> {
  return selectApiKeys(tx, allowed, { ...page, kind: 'guest', only: null })
}

/** The guest link that asks. */
export function guestKeyById(tx: Tx, _: Allowed, orgId: string, id: string): Promise<ApiKeyRow | null> {
  return findApiKey(tx, orgId, 'guest', id)
}
