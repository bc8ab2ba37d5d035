// The six questions asked of the running product, each list read to its end in small pages.

import type { Permission, ScopeKind } from '@zoneward/permissions'
import { expect } from 'vitest'
import type { Answer, Caller } from '../../../test/product.ts'

export type AskedRecord = { name: string; type: string }
export type Asked = {
  subjectId?: string
  permission: Permission
  place: { kind: ScopeKind; id: string }
  record?: AskedRecord | undefined
}

export function bodyOf({ subjectId, permission, place, record }: Asked) {
  return {
    ...(subjectId === undefined ? {} : { subject_id: subjectId }),
    ...{ permission, resource: { kind: place.kind, id: place.id } },
    ...(record === undefined ? {} : { record }),
  }
}

export type CheckAnswer = { allowed: boolean; review_required: boolean }

export async function check(caller: Caller, asked: readonly Asked[]): Promise<CheckAnswer[]> {
  const answers: CheckAnswer[] = []
  for (let from = 0; from < asked.length; from += 2000) {
    const checks = asked.slice(from, from + 2000).map(bodyOf)
    answers.push(...ok(await caller.post('/v1/access/checks', { checks })).answers)
  }
  return answers
}

/** Every page of a list; what stands twice in it is found by whoever compares. */
export async function pagesOf<Item>(caller: Caller, path: string, query: object, limit: number): Promise<Item[]> {
  const items: Item[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const wanted = { ...query, limit, ...(cursor === '' ? {} : { cursor }) }
    const given = Object.entries(wanted).filter(([, value]) => value !== undefined)
    const params = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]))
    const page = ok(await caller.get(`${path}?${params}`))
    expect(page.items.length).toBeLessThanOrEqual(limit)
    // A page that is followed by another is a full one.
    if (page.next !== null) expect(page.items.length, `a short page of ${path}?${params}`).toBe(limit)
    items.push(...page.items)
    cursor = page.next
  }
  return items
}

/** Every page of a search of AuthZEN. */
export async function searchAll<Item>(caller: Caller, what: string, body: object, limit: number): Promise<Item[]> {
  const results: Item[] = []
  for (let token = 'first'; token !== ''; ) {
    const page = { limit, ...(token === 'first' ? {} : { token }) }
    const answer = ok(await caller.post(`/access/v1/search/${what}`, { ...body, page }))
    results.push(...answer.results)
    token = answer.page.next_token
  }
  return results
}

export function ok({ status, body, text }: Answer) {
  expect(status, text).toBe(200)
  return body
}
