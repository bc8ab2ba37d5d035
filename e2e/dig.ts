import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The short answers of dig, one a line, sorted; an empty list where there are none. The server may be in this process. */
export async function dig(port: number, name: string, type: string): Promise<string[]> {
  const { stdout } = await run('/usr/bin/dig', [
    '@127.0.0.1',
    '-p',
    String(port),
    '+short',
    '+time=2',
    '+tries=2',
    name,
    type,
  ])
  return stdout.split('\n').filter(Boolean).sort()
}

/** Asks until the answer is there, since a change is told after its commit; at most two seconds. */
export async function digUntil(port: number, name: string, type: string, wanted: string[]): Promise<string[]> {
  let found: string[] = []
  for (const until = Date.now() + 2000; Date.now() < until; ) {
    found = await dig(port, name, type)
    if (JSON.stringify(found) === JSON.stringify(wanted)) break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return found
}
