import { effectivePatterns, isCovered, type Resource } from '@zoneward/permissions'
import { requestOf } from '../access/authorize.ts'
import { heldAccess } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { recordRef } from './record-names.ts'

/** Which records of a zone the caller may see; null: all of them. */
export type SeesRecord = ((record: { owner: string; type: number }) => boolean) | null

export async function visibleRecords(tx: Tx, actor: Actor, zone: Resource): Promise<SeesRecord> {
  const held = await heldAccess(tx, actor)
  const patterns = effectivePatterns(held.index, requestOf(actor, held, { permission: 'records.view', resource: zone }))
  if (patterns === 'all') return null
  return (record) => {
    const { labels, type } = recordRef(record.owner, record.type)
    return isCovered(patterns, labels, type)
  }
}
