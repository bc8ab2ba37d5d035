import type { AnswerOf, ParsedBody } from '@zoneward/api'
import { isAllowed, permissionIds } from '@zoneward/permissions'
import { isVisible, may } from '../access/authorize.ts'
import { findResources } from '../access/find-resource.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { aboutOf } from './evaluate.ts'
import { readPage } from './page-token.ts'
import { askedAbout } from './search-resources.ts'
import { readResource, readSubject } from './words.ts'

type Found = AnswerOf<'authzen.actions'>

/** What somebody may do with it: the permissions by their names, in their order. */
export async function searchActions(tx: Tx, actor: Actor, body: ParsedBody<'authzen.actions'>): Promise<Found> {
  const page = readPage(body)
  const names = await actionsOf(tx, actor, body)
  const start = page.cursor === undefined ? 0 : (names as string[]).indexOf(page.cursor) + 1
  const shown = names.slice(start, start + page.limit)
  const next_token = names.length > start + page.limit ? page.tokenAfter(shown.at(-1) ?? '') : ''
  return { page: { next_token, count: shown.length }, results: shown.map((name) => ({ name })) }
}

async function actionsOf(tx: Tx, actor: Actor, body: ParsedBody<'authzen.actions'>): Promise<string[]> {
  const subject = readSubject(body.subject)
  const what = readResource(body.resource)
  if (!subject || !what) return []
  const place = [...(await findResources(tx, actor.orgId, [what.scope])).values()][0]
  const found = await askedAbout(tx, actor, subject)
  if (!place || !found) return []
  const { whose, within } = found
  const { resource } = place
  if (within !== null && !(await may(tx, actor, { permission: 'grants.view', resource }))) return []
  if (within === null && !isVisible(whose.held, { ...whose.asker, permission: 'zones.view', resource })) return []
  return permissionIds.filter((permission) => {
    const about = aboutOf({ permission, record: what.record }, place)
    return about !== null && isAllowed(whose.held.index, { ...whose.asker, ...about })
  })
}
