import { sql } from 'kysely'
import { openApiOf } from './describe-api.ts'
import type { Routes } from './routes.ts'

/** What a monitor and a program ask first. */
export const descriptionRoutes = {
  'health.read': async ({ context }) => {
    await sql`select 1`.execute(context.database.staff.kysely)
    return { status: 'ok', version: context.version }
  },
  'openapi.read': async ({ context }) => openApiOf(context),
} satisfies Routes<'health.read' | 'openapi.read'>
