import { spawn } from 'node:child_process'
import { join } from 'node:path'

export interface Ended {
  code: number | null
  output: string
  error: string
}

/** Runs a tool of the operator as a program of its own, with the environment of a test database. */
export function operate(db: { environment: Record<string, string> }, args: string[]): Promise<Ended> {
  const main = join(import.meta.dirname, '..', 'server', 'operator', 'main.ts')
  const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, ...db.environment } })
  const ended: Ended = { code: null, output: '', error: '' }
  child.stdout.on('data', (chunk) => {
    ended.output += chunk
  })
  child.stderr.on('data', (chunk) => {
    ended.error += chunk
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...ended, code })))
}
