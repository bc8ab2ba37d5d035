import type { ZoneRequest } from '../changes/authorize-edit.ts'
import type { Operation } from '../changes/plan-operations.ts'
import type { Prepared } from '../changes/publish-change.ts'
import type { Tx } from '../database/pools.ts'
import { Accepted } from '../http/accepted.ts'
import type { Note } from '../http/request.ts'
import { operationsOf } from './base.ts'
import { type ProposalResult, recordProposal } from './record-proposal.ts'

type Written = { comment: string; operations?: Operation[]; source?: 'revert' }

/** What becomes of a write through access that wants review: nothing is written, it is proposed, and the answer is 202. */
export function proposeInstead(request: ZoneRequest, { operations, ...rest }: Written) {
  return async (tx: Tx, note: Note, prepared: Prepared): Promise<Accepted<ProposalResult>> => {
    const suggestion = { ...rest, operations: operations ?? operationsOf(prepared.edit) }
    return new Accepted(await recordProposal(request, tx, note, prepared, suggestion))
  }
}
