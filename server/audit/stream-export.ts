import type { ActorRequest } from '../http/request.ts'
import { exportAudit } from './export-audit.ts'

// A reader that stands still would keep a connection to the database for itself.
const longestPause = 30_000

/** The export as a stream that is read from the database as fast as it is taken, never faster. */
export function streamExport({ actor, context }: ActorRequest<'audit_events.export'>): ReadableStream {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const encoder = new TextEncoder()
  const writer = writable.getWriter()
  actor.pool
    .read(actor.scope, async (tx) => {
      for await (const lines of exportAudit(tx, context.secret, actor.orgId)) {
        await withinPause(writer.write(encoder.encode(lines)))
      }
    })
    .then(
      () => writer.close(),
      // Whoever reads finds no checkpoint at the end, so a cut file never passes for a whole one.
      (error: unknown) => writer.abort(error),
    )
    .catch((error: unknown) => context.log.warn({ err: error }, 'an export of the audit log was not read to its end'))
  return readable
}

async function withinPause(written: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('the reader stood still for too long')), longestPause)
  try {
    await Promise.race([written, promise])
  } finally {
    clearTimeout(timer)
  }
}
