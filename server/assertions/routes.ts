import { notFound } from '../fault.ts'
import { pageOfRows, parseCursor } from '../http/cursor.ts'
import type { Routes } from '../http/routes.ts'
import { checkAssertions } from './check-assertions.ts'
import { createAssertion } from './create-assertion.ts'
import { presentAssertions } from './present-assertions.ts'
import { assertionById, deleteAssertion, selectAssertions } from './store.ts'
import { ruleOf } from './stored-rule.ts'

export const assertionRoutes = {
  'assertions.list': ({ actor, query, allowed, read }) =>
    read(async (tx) => {
      const [after = null] = parseCursor(query.cursor, ['string']) ?? []
      const rows = await selectAssertions(tx, allowed, { orgId: actor.orgId, after, limit: query.limit })
      const shown = new Map((await presentAssertions(tx, actor, rows)).map((one) => [one.id, one]))
      const page = pageOfRows(
        rows,
        query.limit,
        (row) => row.id,
        (row) => [row.id],
      )
      return { items: page.items.flatMap((id) => shown.get(id) ?? []), next: page.next }
    }),

  'assertions.read': ({ actor, params, allowed, read }) =>
    read(async (tx) => {
      const row = await assertionById(tx, allowed, { orgId: actor.orgId, id: params.assertion_id })
      const [shown] = row ? await presentAssertions(tx, actor, [row]) : []
      if (!shown) throw notFound()
      return shown
    }),

  // Alone in its organization, so that no change that would break it passes it by.
  'assertions.create': (request) => request.changeAccess((tx, note) => createAssertion(tx, note, request)),

  'assertions.delete': (request) =>
    request.changeAccess(async (tx, note) => {
      const at = { orgId: request.actor.orgId, id: request.params.assertion_id }
      const row = await assertionById(tx, request.allowed, at)
      if (row === null) throw notFound()
      await deleteAssertion(tx, request.allowed, at)
      note({ facts: { assertion: row.id, sentence: row.sentence, rule: ruleOf(row) } })
      return null
    }),

  'assertions.check': (request) => request.read((tx) => checkAssertions(tx, request)),
} satisfies Routes<
  'assertions.list' | 'assertions.read' | 'assertions.create' | 'assertions.delete' | 'assertions.check'
>
