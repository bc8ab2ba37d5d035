import { printOpenApi } from '@zoneward/api'
import type { Context } from '../context.ts'
import { printReference } from './print-reference.ts'

type Description = { openapi: Record<string, unknown>; page: string }

const printed = new WeakMap<Context, Description>()

// Printing 80 operations takes longer than most requests, and the same server always prints the same.
function describe(context: Context): Description {
  const known = printed.get(context)
  if (known) return known
  const openapi = printOpenApi(context.version, context.publicOrigin)
  const made = { openapi, page: printReference(openapi) }
  printed.set(context, made)
  return made
}

/** The API as OpenAPI 3.1. */
export function openApiOf(context: Context): Record<string, unknown> {
  return describe(context).openapi
}

/** The same as a page for people. */
export function referencePage(context: Context): string {
  return describe(context).page
}
