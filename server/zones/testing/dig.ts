import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
export const digProgram = '/usr/bin/dig'

/** The short answer of `dig` at a local port, one line a record, sorted. */
export async function dig(port: number, name: string, type: string, ...more: string[]): Promise<string[]> {
  const { stdout } = await run(digProgram, [
    '@127.0.0.1',
    '-p',
    String(port),
    '+short',
    '+tries=1',
    '+time=3',
    ...more,
    name,
    type,
  ])
  return stdout.split('\n').filter(Boolean).sort()
}

/** The status of the answer: NOERROR, NXDOMAIN, REFUSED. */
export async function digStatus(port: number, name: string, type: string): Promise<string> {
  const { stdout } = await run(digProgram, ['@127.0.0.1', '-p', String(port), '+tries=1', '+time=3', name, type])
  return /status: (\w+)/.exec(stdout)?.[1] ?? stdout
}
