import { sql } from 'kysely'
import { Fault } from '../fault.ts'
import { openApiOf } from './describe-api.ts'
import type { Routes } from './routes.ts'

/** What a monitor and a program ask first. */
export const descriptionRoutes = {
  'health.read': async ({ context }) => {
    await sql`select 1`.execute(context.database.staff.kysely).catch((error: unknown) => {
      context.log.warn({ err: error }, 'the database does not answer')
      throw new Fault('internal', 'The database does not answer: this server waits for it.', { status: 503 })
    })
    return { status: 'ok', version: context.version }
  },
  'openapi.read': async ({ context }) => openApiOf(context),
} satisfies Routes<'health.read' | 'openapi.read'>
