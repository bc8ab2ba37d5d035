import { execFileSync } from 'node:child_process'

/** The short answers of dig, one a line, sorted; an empty list where there are none. */
export function dig(port: number, name: string, type: string): string[] {
  const output = execFileSync(
    '/usr/bin/dig',
    ['@127.0.0.1', '-p', String(port), '+short', '+time=2', '+tries=2', name, type],
    { encoding: 'utf8' },
  )
  return output.split('\n').filter(Boolean).sort()
}

/** Asks until the answer is there, since a change is told after its commit; at most two seconds. */
export async function digUntil(port: number, name: string, type: string, wanted: string[]): Promise<string[]> {
  let found: string[] = []
  for (const until = Date.now() + 2000; Date.now() < until; ) {
    found = dig(port, name, type)
    if (JSON.stringify(found) === JSON.stringify(wanted)) break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return found
}
