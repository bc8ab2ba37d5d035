import { createHash } from 'node:crypto'
import { invalidField } from '../fault.ts'

// https://openid.net/specs/authorization-api-1_0.html#section-8.2

type Request = { page?: { token?: string | undefined; limit?: number | undefined } | undefined }

/** The page that is asked for: after which result, and of how many. */
export type TokenPage = { cursor: string | undefined; limit: number; tokenAfter(cursor: string): string }

const usual = 100
const most = 1000

/**
 * Reads the page of a search. A token holds on to the search that it was made for: with any part of it changed, it is
 * refused, as section 8.2 recommends.
 */
export function readPage({ page, ...search }: Request): TokenPage {
  const of = createHash('sha256').update(canonical(search)).digest('base64url').slice(0, 22)
  const limit = Math.min(page?.limit ?? usual, most)
  if (page?.token === undefined) return pageOf(of, undefined, limit)
  const token = parsed(page.token)
  if (token === null || token.of !== of || (page.limit !== undefined && limit !== token.limit)) {
    throw invalidField('page.token', 'This token was made for another search: everything but the token stays the same.')
  }
  return pageOf(of, token.cursor === '' ? undefined : token.cursor, token.limit)
}

function pageOf(of: string, cursor: string | undefined, limit: number): TokenPage {
  return {
    cursor,
    limit,
    tokenAfter: (next) => Buffer.from(JSON.stringify({ of, limit, cursor: next })).toString('base64url'),
  }
}

function parsed(text: string): { of: string; limit: number; cursor: string } | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (typeof value !== 'object' || value === null) return null
    const { of, limit, cursor } = value as Record<string, unknown>
    if (typeof of !== 'string' || typeof cursor !== 'string') return null
    if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 0 || limit > most) return null
    return { of, limit, cursor }
  } catch {
    return null
  }
}

/** The same text for the same search, in whatever order its members stand. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const members = Object.entries(value).filter(([, each]) => each !== undefined)
  return `{${members
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`)
    .join(',')}}`
}
