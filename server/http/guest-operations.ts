import type { OperationId } from '@zoneward/api'
import { Fault } from '../fault.ts'
import type { Actor } from './actor.ts'

/** All that a guest link opens: what it is for, the records it shows, and proposing changes of them. */
const ofGuests = new Set<OperationId>(['guest.read', 'records.list', 'records.read', 'proposals.create'])

/** A guest has no account: whatever its maker may do, the link does the few things that it was made for. */
export function ensureGuestMay(id: OperationId, { key }: Actor): void {
  if (key?.kind !== 'guest' || ofGuests.has(id)) return
  throw new Fault('forbidden', 'A guest link shows the records it was made for, and does nothing else.')
}
