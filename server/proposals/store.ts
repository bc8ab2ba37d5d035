import type { VisibleScopes } from '@zoneward/permissions'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import { withinReach } from '../access/within-reach.ts'
import type { Tx } from '../database/pools.ts'
import type { ProposalTable } from '../database/schema-access.ts'

type State = Selectable<ProposalTable>['state']

// What the portal may read of a proposal: neither the name of a member of staff nor the id of a key.
const shownColumns = [
  'p.id',
  'p.zone_id',
  'p.author_id',
  'p.author_realm',
  'p.maker_id',
  'p.source',
  'p.comment',
  'p.operations',
  'p.base',
  'p.state',
  'p.decided_by',
  'p.decided_at',
  'p.decision',
  'p.change_id',
  'p.created_at',
] as const

export type ProposalRow = Pick<
  Selectable<ProposalTable>,
  | ('id' | 'zone_id' | 'author_id' | 'author_realm' | 'maker_id' | 'source' | 'comment' | 'operations' | 'base')
  | ('state' | 'decided_by' | 'decided_at' | 'decision' | 'change_id' | 'created_at')
> & { zone_name: string; provider_id: string; customer_id: string | null; record_count: number }

function selectProposals(tx: Tx, orgId: string) {
  return tx
    .selectFrom('proposal as p')
    .innerJoin('zone as z', (join) => join.onRef('z.org_id', '=', 'p.org_id').onRef('z.id', '=', 'p.zone_id'))
    .select(shownColumns)
    .select(['z.name as zone_name', 'z.provider_id', 'z.customer_id', 'z.record_count'])
    .where('p.org_id', '=', orgId)
}

export type Wanted = {
  orgId: string
  subjectId: string
  approving: VisibleScopes
  state: State | undefined
  zoneId: string | undefined
  before: string | null
  limit: number
}

/** Newest first: of this author, or of zones where the caller approves something. */
export function proposalPage(tx: Tx, _: Allowed, wanted: Wanted): Promise<ProposalRow[]> {
  const { orgId, subjectId, approving, state, zoneId, before, limit } = wanted
  const place = { customer: 'z.customer_id', provider: 'z.provider_id', zone: 'z.id' }
  let query = selectProposals(tx, orgId).where((eb) =>
    eb.or([eb('p.author_id', '=', subjectId), withinReach(orgId, approving, place)]),
  )
  if (state !== undefined) query = query.where('p.state', '=', state)
  if (zoneId !== undefined) query = query.where('p.zone_id', '=', zoneId)
  if (before !== null) query = query.where('p.id', '<', before)
  return query.orderBy('p.id', 'desc').limit(limit).execute()
}

/** One proposal, to ask whether the caller may see it: what it returns is not yet anybody's to see. */
export async function findProposal(tx: Tx, orgId: string, id: string, lock = false): Promise<ProposalRow | null> {
  const query = selectProposals(tx, orgId).where('p.id', '=', id)
  return (await (lock ? query.forUpdate('p') : query).executeTakeFirst()) ?? null
}

/** Names that staff only may read: of authors, also when they have left, and of those who decided. */
export async function namesOf(
  tx: Tx,
  _: Allowed,
  orgId: string,
  ids: string[],
): Promise<Map<string, { author: string; decider: string }>> {
  const rows = await tx
    .selectFrom('proposal')
    .select(['id', 'author_name', 'decided_name'])
    .where('org_id', '=', orgId)
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, { author: row.author_name, decider: row.decided_name }]))
}

/** How many proposals for a zone somebody has open, or a guest link. */
export async function countOpen(
  tx: Tx,
  _: Allowed,
  { orgId, authorId, zoneId }: { orgId: string; authorId: string; zoneId: string },
  source?: string,
): Promise<number> {
  let query = tx
    .selectFrom('proposal')
    .select(sql<number>`count(*)::int`.as('open'))
    .where('org_id', '=', orgId)
    .where('author_id', '=', authorId)
    .where('zone_id', '=', zoneId)
    .where('state', '=', 'open')
  if (source !== undefined) query = query.where('source', '=', source)
  return (await query.executeTakeFirstOrThrow()).open
}

export async function insertProposal(tx: Tx, _: Allowed, row: Insertable<ProposalTable>): Promise<void> {
  await tx.insertInto('proposal').values(row).execute()
}

export type DecisionRow = {
  state: Exclude<State, 'open'>
  decided_by: string
  decided_name: string
  decision: string
  change_id?: string | null
}

export async function decideProposal(
  tx: Tx,
  _: Allowed,
  { orgId, id }: { orgId: string; id: string },
  decision: DecisionRow,
): Promise<void> {
  await tx
    .updateTable('proposal')
    .set({ ...decision, decided_at: sql`clock_timestamp()` })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .execute()
}
