import { id, scopeWithName, time, z } from '../json.ts'
import { subject } from './access.ts'
import { problem } from './problem.ts'

/** One request as it would be sent: the operation by name, the parts of its path, its body. */
export const previewStep = z.object({
  operation: z.string().max(100).meta({ description: 'Such as "grants.create".' }),
  params: z.record(z.string().max(100), z.string().max(1000)).default({}),
  body: z.unknown().optional(),
})
export const newPreview = z.object({ steps: z.array(previewStep).min(1).max(20) })

/** A permission for some records and some time. */
export const holding = z
  .object({
    permission: z.string(),
    records: z.union([z.literal('all'), z.array(z.string())]),
    from: time.nullable().meta({ description: 'null: at once' }),
    until: time.nullable().meta({ description: 'null: without end' }),
    review_required: z.boolean(),
  })
  .meta({ id: 'Holding' })

export const accessDifference = z
  .object({
    subject,
    resource: scopeWithName,
    gained: z.array(holding),
    lost: z.array(holding),
    sentence: z.string(),
  })
  .meta({ id: 'AccessDifference' })

export const accessPreview = z
  .object({
    differences: z.array(accessDifference),
    /** Pairs of a person and a place that the steps touch, with a difference or without. */
    touched: z.int(),
    /** false: more is touched than was compared. */
    complete: z.boolean(),
    /** Steps that would be refused, and with which answer; the other steps count. */
    refusals: z.array(z.object({ step: z.int(), operation: z.string(), problem })),
    /** Assertions that would end, because what they are about would be gone. */
    assertions_ended: z.array(z.object({ id, sentence: z.string() })),
  })
  .meta({ id: 'AccessPreview' })
