import type { Readable } from 'node:stream'

/** What a command may touch beside the network: tests give their own. */
export type Terminal = {
  env: Record<string, string | undefined>
  stdin: Readable & { isTTY?: boolean }
  out: (text: string) => void
  err: (text: string) => void
}

/** What every command gets, and what it leaves behind. */
export type Session = Terminal & {
  json: boolean
  /** 0 done, 1 an error, 2 a plan that has changes. */
  exitCode: number
}
