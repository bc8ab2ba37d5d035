import type { AnswerOf, ParsedBody } from '@zoneward/api'
import {
  holdsAnywhere,
  isAllowed,
  isPermission,
  type Permission,
  type ScopeKind,
  visibleScopes,
} from '@zoneward/permissions'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { heldPlaces, type Place, type Wanted } from '../questions/held-places.ts'
import { wantedOf } from '../questions/list-resources.ts'
import { accessOfOther, ownAccess, type Whose } from '../questions/whose-access.ts'
import { isOfType, isOwnType } from './evaluate.ts'
import { readPage, type TokenPage } from './page-token.ts'
import { searchRecords } from './search-records.ts'
import { nothingFound } from './search-subjects.ts'
import { isScopeKind, readSubject, type Words } from './words.ts'

type Found = AnswerOf<'authzen.resources'>

/** With what somebody may do it: of another, only where the caller may ask. */
export async function searchResources(tx: Tx, actor: Actor, body: ParsedBody<'authzen.resources'>): Promise<Found> {
  const page = readPage(body)
  const { type, properties } = body.resource
  const permission = body.action.name
  const subject = readSubject(body.subject)
  if (!subject || !isPermission(permission)) return nothingFound
  const found = await askedAbout(tx, actor, subject)
  if (!found) return nothingFound
  if (type === 'record') return searchRecords(tx, actor, { ...found, permission, properties, page })
  if (!isScopeKind(type)) return nothingFound
  return placesThat(tx, actor, { ...found, kind: type, permission, page })
}

export type AskedAbout = { whose: Whose; within: Wanted['within'] }

/** Whose access it is, and where the caller may ask about it: null for its own, which is everywhere. */
export async function askedAbout(tx: Tx, actor: Actor, subject: Words['subject']): Promise<AskedAbout | null> {
  const own = await ownAccess(tx, actor)
  if (subject.id === actor.subjectId) {
    return isOwnType(subject.type, actor) ? { whose: own, within: null } : null
  }
  const question = { ...own.asker, permission: 'grants.view' } as const
  if (!holdsAnywhere(own.held.index, question)) return null
  const other = await accessOfOther(tx, actor, subject.id)
  if (!other || !isOfType(subject.type, other.shown.kind)) return null
  return { whose: other, within: visibleScopes(own.held.index, question) }
}

type Search = AskedAbout & { kind: ScopeKind; permission: Permission; page: TokenPage }

async function placesThat(tx: Tx, actor: Actor, { whose, within, kind, permission, page }: Search): Promise<Found> {
  const wanted = wantedOf(actor.orgId, whose, permission, within)
  const found: Place[] = []
  for (let { cursor } = page; ; ) {
    const places = await heldPlaces(tx, kind, { ...wanted, cursor, limit: page.limit + 1 })
    // What is held for some records only is no permit for the whole.
    found.push(
      ...places.filter(({ resource }) => isAllowed(whose.held.index, { ...whose.asker, permission, resource })),
    )
    cursor = places.at(-1)?.cursor
    if (places.length <= page.limit || found.length > page.limit) break
  }
  const shown = found.slice(0, page.limit)
  const next_token = found.length > page.limit ? page.tokenAfter(shown.at(-1)?.cursor ?? '') : ''
  const results = shown.map(({ scope, name }) => ({ type: kind, id: scope.id, properties: { name } }))
  return { page: { next_token, count: results.length }, results }
}
