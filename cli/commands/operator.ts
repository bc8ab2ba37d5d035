import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Command } from 'commander'
import type { Terminal } from '../terminal.ts'

const commands: Record<string, string> = {
  doctor: 'what is wrong with this instance, and how to mend it',
  backup: 'a consistent copy of everything, while the server runs',
  restore: 'bring a copy back; what was revoked since stays revoked',
  upgrade: 'show the migrations that the database lacks; --yes runs them',
}

/** Work on the instance itself, on its machine: another program does it, with the rights of whoever starts it. */
export function isOperatorCommand(args: string[]): boolean {
  const first = args.find((arg) => !arg.startsWith('-'))
  return first !== undefined && Object.hasOwn(commands, first)
}

export function listOperatorCommands(program: Command): void {
  for (const [name, description] of Object.entries(commands)) {
    program.command(name).description(`${description} (on the machine of the server)`)
  }
}

export function runOperator(args: string[], { env, err }: Terminal): Promise<number> {
  const main = join(import.meta.dirname, '..', '..', 'server', 'operator', 'main.ts')
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], { env, stdio: 'inherit' })
    child.on('error', (error) => {
      err(`zoneward: ${main} could not be started: ${error.message}\n`)
      resolve(1)
    })
    child.on('exit', (code) => resolve(code ?? 1))
  })
}
