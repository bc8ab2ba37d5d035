import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Figure } from './figure.ts'
import { freePort, startProduct } from './running-product.ts'

const zoneFile = join(import.meta.dirname, '../examples/zones/bakery.example.zone')
const seconds = 5

/** Queries a second from dnsperf, over UDP, for the names of one zone; beside Knot DNS with the same zone. */
export async function benchQueries(): Promise<Figure[]> {
  if (!existsSync('/usr/bin/dnsperf')) {
    console.error('dns-qps is left out: dnsperf is not installed (Debian package dnsperf)')
    return []
  }
  const folder = mkdtempSync(join(tmpdir(), 'zoneward-bench-'))
  const questions = join(folder, 'questions')
  writeFileSync(
    questions,
    [
      'bakery.example MX',
      'bakery.example TXT',
      'www.bakery.example A',
      'nothing.bakery.example A',
      'shop.bakery.example A',
      'bakery.example SOA',
      '',
    ].join('\n'),
  )
  try {
    const peers: Record<string, number> = {}
    if (existsSync('/usr/sbin/knotd'))
      peers['Knot DNS'] = await withKnot(folder, (port) => queriesPerSecond(port, questions))
    const product = await startProduct()
    const ours = await queriesPerSecond(product.demo.dnsPort, questions).finally(() => product.stop())
    return [
      {
        name: 'dns-qps',
        unit: 'queries/s',
        ours,
        peers,
        goal: null,
        note: 'dnsperf, UDP, one process of ours on one core',
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function queriesPerSecond(port: number, questions: string): Promise<number> {
  const child = spawn(
    '/usr/bin/dnsperf',
    ['-s', '127.0.0.1', '-p', String(port), '-d', questions, '-l', String(seconds), '-c', '4'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += String(chunk)
  })
  await new Promise((resolve) => child.once('exit', resolve))
  const lost = Number(/Queries lost:\s+(\d+)/.exec(output)?.[1] ?? 0)
  const rate = Number(/Queries per second:\s+([\d.]+)/.exec(output)?.[1] ?? Number.NaN)
  if (!Number.isFinite(rate) || lost > rate) throw new Error(`dnsperf: ${output.slice(-1000)}`)
  return rate
}

async function withKnot(folder: string, measure: (port: number) => Promise<number>): Promise<number> {
  const port = await freePort()
  writeFileSync(join(folder, 'bakery.zone'), readFileSync(zoneFile))
  const settings = `server:\n  rundir: "${folder}"\n  listen: 127.0.0.1@${port}\ndatabase:\n  storage: "${folder}"\nzone:\n  - domain: bakery.example\n    file: "${folder}/bakery.zone"\n    zonefile-sync: -1\n    journal-content: none\n`
  writeFileSync(join(folder, 'knot.conf'), settings)
  const knot = spawn('/usr/sbin/knotd', ['-c', join(folder, 'knot.conf')], { stdio: 'ignore' })
  try {
    for (let tries = 0; tries < 50; tries++) {
      const { stdout } = spawnSync('/usr/bin/dig', [
        '@127.0.0.1',
        '-p',
        String(port),
        '+short',
        '+time=1',
        '+tries=1',
        'bakery.example',
        'SOA',
      ])
      if (String(stdout).trim() !== '') return await measure(port)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error('Knot DNS did not answer')
  } finally {
    const ended = new Promise((resolve) => knot.once('exit', resolve))
    knot.kill('SIGTERM')
    await ended
  }
}
