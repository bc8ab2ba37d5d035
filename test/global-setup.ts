import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { embeddedTarget } from '../server/database/embedded-target.ts'
import { prepareDatabase } from '../server/database/prepare-database.ts'
import { createLog } from '../server/log.ts'
import { loadSecret } from '../server/secrets.ts'
import type { TestServer } from './database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer
  }
}

/** One PostgreSQL for the whole run, with a migrated database that each test file clones (see database.ts). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'zoneward-test-'))
  const secretFile = join(folder, 'secret')
  const loaded = loadSecret(secretFile)
  if ('error' in loaded) throw new Error(loaded.error)
  const log = createLog({ level: 'warn' })
  const target = await embeddedTarget(folder, log, (reason) => log.fatal(reason))
  const { roles } = await prepareDatabase(target, loaded.secret, secretFile, 'all')
  const { host, port, user, password, database } = target.admin
  project.provide('testServer', {
    superuser: { host: String(host), port: Number(port), user: String(user), password: String(password) },
    owner: roles.login('owner'),
    template: String(database),
    secretFile,
  })
  return async () => {
    await target.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
