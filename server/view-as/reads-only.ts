import type { Operation, OperationId } from '@zoneward/api'
import { Fault } from '../fault.ts'

// Asked with a body, since a question does not fit into an address; they write nothing.
const questions = new Set<OperationId>([
  'access.check',
  'access.explain',
  'zone_file_checks.create',
  'authzen.evaluation',
  'authzen.evaluations',
  'authzen.subjects',
  'authzen.resources',
  'authzen.actions',
])

/** Whoever looks as somebody else changes nothing, and leaves nothing in their name in the log. */
export function ensureReadsOnly(id: OperationId, operation: Operation, method: string): void {
  if (operation.audit === null && (method === 'GET' || questions.has(id))) return
  throw new Fault('forbidden', 'You are looking as somebody else, and nothing is changed that way: end the view first.')
}
