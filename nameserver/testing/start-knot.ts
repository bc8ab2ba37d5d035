import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { askOnce } from './ask-server.ts'

export type Knot = { port: number; stop(): Promise<void> }

/** Starts Knot DNS with zone files on a port of its own and waits until it answers for all of them. */
export async function startKnot(zones: Record<string, string>): Promise<Knot> {
  const folder = mkdtempSync(join(tmpdir(), 'zoneward-knot-'))
  const port = await freePort()
  const config = join(folder, 'knot.conf')
  const listed = Object.entries(zones).map(([domain, file]) => `  - domain: ${domain}\n    file: ${file}\n`)
  writeFileSync(
    config,
    `server:\n  rundir: ${folder}\n  listen: 127.0.0.1@${port}\n  tcp-workers: 1\n  udp-workers: 1\n  background-workers: 1\n` +
      `database:\n  storage: ${folder}\nlog:\n  - target: stderr\n    any: warning\n` +
      `template:\n  - id: default\n    semantic-checks: off\n    zonefile-load: whole\n    zonefile-sync: -1\nzone:\n${listed.join('')}`,
  )
  const child = spawn('/usr/sbin/knotd', ['-c', config], { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString()
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async () => {
    child.kill('SIGTERM')
    await gone
    rmSync(folder, { recursive: true, force: true })
  }
  for (const domain of Object.keys(zones)) {
    if (await answersFor(port, domain)) continue
    await stop()
    throw new Error(`Knot does not answer for ${domain}: ${complaints}`)
  }
  return { port, stop }
}

async function answersFor(port: number, domain: string): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await askOnce(port, domain, 6, 'tcp').catch(() => undefined)
    if (answer?.rcode === 0 && answer.answers.length === 1) return true
    await sleep(100)
  }
  return false
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
