import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Demo = {
  url: string
  dnsPort: number
  personas: {
    name: string
    realm: 'staff' | 'client'
    portal: string | null
    email: string
    password: string
    apiKey: string | null
  }[]
  zones: { id: string; name: string; provider: string; customer: string | null }[]
}

export type Product = {
  demo: Demo
  call: (method: string, path: string, body?: unknown) => Promise<unknown>
  stop: () => Promise<void>
}

/** The product as people start it, with the example organization, in a folder of its own. Calls are the owner's, by key. */
export async function startProduct(): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'zoneward-bench-'))
  const [port, dnsPort] = [await freePort(), await freePort()]
  const environment = {
    ...process.env,
    ZONEWARD_DATA: folder,
    ZONEWARD_PORT: String(port),
    ZONEWARD_DNS_PORT: String(dnsPort),
  }
  const child = spawn(process.execPath, [join(import.meta.dirname, '../server/main.ts'), '--demo'], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const errors: string[] = []
  child.stderr?.on('data', (chunk) => errors.push(String(chunk)))
  const demo = await demoOf(folder, child, errors)
  const key = demo.personas.find((persona) => persona.name === 'agency-owner')?.apiKey
  if (!key) throw new Error('the example organization has no key of its owner')
  return {
    demo,
    call: (method, path, body) => callWith(demo.url, key, { method, path, body }),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function demoOf(folder: string, child: ChildProcess, errors: string[]): Promise<Demo> {
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null)
      throw new Error(`the server ended with ${child.exitCode}: ${errors.join('').slice(-2000)}`)
    try {
      const demo = JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8')) as Demo
      if ((await fetch(`${demo.url}/healthz`)).ok) return demo
    } catch {
      // Not there yet: the database is being made.
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  child.kill('SIGTERM')
  throw new Error(`the server was not ready in a minute: ${errors.join('').slice(-2000)}`)
}

async function callWith(
  url: string,
  key: string,
  { method, path, body }: { method: string; path: string; body: unknown },
): Promise<unknown> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 500)}`)
  return text === '' ? null : JSON.parse(text)
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
