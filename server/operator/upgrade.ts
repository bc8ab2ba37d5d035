import { readInstance } from '../database/instance.ts'
import { type Migration, pendingMigrations, readMigrations } from '../database/migrate.ts'
import { prepareDatabase } from '../database/prepare-database.ts'
import type { Target } from '../database/target.ts'
import { withClient } from '../database/with-client.ts'
import type { Secret } from '../secrets.ts'

/** The migrations that the database lacks. */
export async function showUpgrade(target: Target, secret: Secret, secretFile: string): Promise<Migration[]> {
  return withClient(target.admin, async (admin) => {
    await readInstance(admin, secret, secretFile)
    return pendingMigrations(admin, readMigrations())
  })
}

/** Runs them, one transaction each, and brings the job queue's own schema up to date. */
export async function runUpgrade(target: Target, secret: Secret, secretFile: string): Promise<void> {
  await prepareDatabase(target, secret, secretFile, 'all')
}
