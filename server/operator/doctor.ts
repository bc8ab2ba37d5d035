import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { checkDatabase } from './check-database.ts'
import { checkMachine } from './check-machine.ts'
import { checkOutside } from './check-outside.ts'

/** One line of the doctor: what was looked at, what was found, and how to mend it when it is a problem. */
export interface Finding {
  name: string
  ok: boolean
  text: string
  mend?: string
}

/** Looks at everything that a server needs; changes nothing. */
export async function examine(config: Config, log: Log): Promise<Finding[]> {
  const machine = await checkMachine(config)
  const database = await checkDatabase(config, log)
  return [...machine, ...database, ...(await checkOutside(config))]
}

export function fine(name: string, text: string): Finding {
  return { name, ok: true, text }
}

export function problem(name: string, text: string, mend: string): Finding {
  return { name, ok: false, text, mend }
}

export function printFindings(findings: Finding[]): string {
  return findings
    .map(
      ({ name, ok, text, mend }) =>
        `${ok ? 'ok     ' : 'PROBLEM'}  ${name}: ${text}${mend ? `\n         to mend: ${mend}` : ''}`,
    )
    .join('\n')
}
