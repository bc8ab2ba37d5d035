import { comment, id, pageQuery, time, z } from '../json.ts'
import { difference } from './zones.ts'

const person = z.object({ id: id.nullable(), name: z.string() })
const state = z.enum(['open', 'approved', 'rejected', 'withdrawn'])

/** A change of records that somebody else has to say yes to. */
export const proposal = z
  .object({
    id,
    zone: z.object({ id, name: z.string() }),
    author: person,
    source: z.enum(['console', 'portal', 'api', 'cli', 'revert', 'guest']),
    comment: z.string(),
    state,
    decided_by: person.nullable(),
    decided_at: time.nullable(),
    /** The reason that was given with the decision. */
    decision: z.string(),
    /** The change that came of it. */
    change_id: id.nullable(),
    created_at: time,
    /** What the caller may do with it now. */
    can: z.object({ approve: z.boolean(), reject: z.boolean(), withdraw: z.boolean() }),
  })
  .meta({ id: 'Proposal' })

/** A set of records that is no longer as it was when the change was proposed. */
const conflict = z
  .object({
    name: z.string(),
    type: z.string(),
    before: z.array(z.object({ ttl: z.int(), data: z.string() })),
    now: z.array(z.object({ ttl: z.int(), data: z.string() })),
  })
  .meta({ id: 'ProposalConflict' })

/** One proposal, with the difference that was proposed and what has moved since. */
export const proposalDetail = proposal
  .extend({
    difference,
    conflicts: z.array(conflict),
    /** Open, and the same difference still fits the zone as it is now. */
    applies: z.boolean(),
    /** Why it does not apply, or why the caller may not approve it. */
    obstacles: z.array(z.string()),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'ProposalDetail' })

/** The answer to a proposal, also to a write that has to be approved first (202). Null with dry_run. */
export const proposalResult = z
  .object({ proposal: proposal.nullable(), difference, warnings: z.array(z.string()), serial: z.int() })
  .meta({ id: 'ProposalResult' })

export const proposalQuery = pageQuery.extend({ state: state.optional(), zone_id: id.optional() })
export const approval = z.object({ comment: comment.default('') })
export const rejection = z.object({ reason: z.string().trim().min(1).max(2000) })
