#!/usr/bin/env node
// Runs on whatever Node the machine has: the command line itself wants Node 24, which the packages bring along.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const main = join(here, 'main.ts')
const args = process.argv.slice(2)

if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import(main)
} else {
  const node = join(here, '..', 'node_modules', '.bin', 'node')
  if (!existsSync(node)) {
    console.error('zoneward: Node 24 is missing here: run "npm start" or "npm test" once, which installs it.')
    process.exit(1)
  }
  const { status, error } = spawnSync(node, [main, ...args], { stdio: 'inherit' })
  if (error) console.error(`zoneward: ${node} could not be started: ${error.message}`)
  process.exit(status ?? 1)
}
