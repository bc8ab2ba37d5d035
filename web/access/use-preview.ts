import type { OperationId } from '@zoneward/api/paths'
import type { BodyOf } from '@zoneward/api/types'
import type { Parts } from '../api/call.ts'
import { useCall } from '../api/use-call.ts'
import { useReadOnly } from '../session/use-me.ts'
import { useSettled } from './use-settled.ts'

export type PreviewStep = BodyOf<'access_previews.create'>['steps'][number]

/** One request as it would be sent: `step('grants.delete', { params: { grant_id } })`. */
export function step<Id extends OperationId>(operation: Id, parts: Parts<Id>): PreviewStep {
  const { params, body } = parts as { params?: Record<string, string>; body?: unknown }
  return { operation, ...(params ? { params } : {}), ...(body === undefined ? {} : { body }) }
}

/**
 * What these steps would change, asked a moment after they stopped changing; null: nothing to ask yet. The refusal is
 * the sentence for the button that would save.
 */
export function usePreview(steps: PreviewStep[] | null) {
  // Nothing is changed in a view, so there is nothing to ask.
  const looking = useReadOnly()
  const asked = useSettled(looking === null ? steps : null)
  const current = JSON.stringify(asked) === JSON.stringify(steps)
  const query = useCall(
    'access_previews.create',
    { body: { steps: asked ?? [] } },
    { enabled: asked !== null, keepPrevious: true },
  )
  const first = query.data?.refusals[0]?.problem
  return {
    asked: asked !== null,
    query,
    /** The answer is about what stands in the form now. */
    fresh: current && !query.isFetching && !query.isPlaceholderData,
    refusal: current && first ? (first.detail ?? first.title) : null,
  }
}
