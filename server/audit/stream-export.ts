import type { ActorRequest } from '../http/request.ts'
import { exportAudit } from './export-audit.ts'

/** The export as a stream that is read from the database as fast as it is taken, never faster. */
export function streamExport({ actor, context }: ActorRequest<'audit_events.export'>): ReadableStream {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const encoder = new TextEncoder()
  const writer = writable.getWriter()
  actor.pool
    .read(actor.scope, async (tx) => {
      for await (const lines of exportAudit(tx, context.secret, actor.orgId)) await writer.write(encoder.encode(lines))
    })
    .then(
      () => writer.close(),
      // Whoever reads finds no checkpoint at the end, so a cut file never passes for a whole one.
      (error: unknown) => writer.abort(error),
    )
    .catch((error: unknown) => context.log.warn({ err: error }, 'an export of the audit log was not read to its end'))
  return readable
}
