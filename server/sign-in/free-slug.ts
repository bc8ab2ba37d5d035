import { sql } from 'kysely'
import type { RolePool } from '../database/pools.ts'

/** A name as it stands in an address: `Harbour & Pine` is `harbour-pine`. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 36)
    .replace(/^-+|-+$/g, '')
  return plain || 'portal'
}

/** The slug of a name, or with a number behind it where another portal has it. */
export async function freeSlug(pool: RolePool, name: string): Promise<string> {
  const slug = slugOf(name)
  for (let number = 1; ; number++) {
    const wanted = number === 1 ? slug : `${slug}-${number}`
    const { rows } = await sql`select 1 from portal_by_slug(${wanted})`.execute(pool.kysely)
    if (rows.length === 0) return wanted
  }
}
