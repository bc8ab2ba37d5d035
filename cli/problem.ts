import type { Problem } from '@zoneward/api/types'
import { plainJson, plainText } from './plain-text.ts'

/** An error that is shown in plain words; `problem` where the server said it. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly problem: Problem | null

  constructor(message: string, problem: Problem | null = null) {
    super(message)
    this.problem = problem
  }
}

/** What went wrong, which fields or lines, what is missing and who can give it. */
export function printProblem(error: CommandError, json: boolean): string {
  const { problem, message } = error
  if (json) return `${plainJson(problem ?? { code: 'command', detail: message })}\n`
  const more = [
    ...(problem?.fields ?? [])
      .filter((field) => field.message !== message)
      .map(({ path, message: m }) => `${path}: ${m}`),
    ...(problem?.lines ?? []).map(({ line, message: m }) => `line ${line}: ${m}`),
    ...(problem?.nearest ?? []),
    ...(problem?.who_can_give?.length ? [`Who can give it: ${problem.who_can_give.join(', ')}.`] : []),
    ...(problem?.retry_after ? [`Try again in ${problem.retry_after} s.`] : []),
  ]
  return [`zoneward: ${plainText(message)}`, ...more.map((line) => `  ${plainText(line)}`), ''].join('\n')
}
