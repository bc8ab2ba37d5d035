import type { Problem } from '@zoneward/api/types'

type Code = Problem['code'] | 'unreachable'

/** What a request came back with instead of its answer, with everything a person needs to get further. */
export class Fault extends Error {
  readonly code: Code
  readonly status: number
  readonly permission: string | undefined
  readonly nearest: readonly string[]
  readonly whoCanGive: readonly string[]
  /** What can be asked for where this was refused. */
  readonly ask: Problem['ask']
  readonly fields: readonly { path: string; message: string }[]
  readonly lines: readonly { line: number; message: string }[]

  constructor(problem: Partial<Omit<Problem, 'code'>> & { code: Code }) {
    super(problem.detail ?? problem.title ?? 'The request failed.')
    this.name = 'Fault'
    this.code = problem.code
    this.status = problem.status ?? 0
    this.permission = problem.permission
    this.nearest = problem.nearest ?? []
    this.whoCanGive = problem.who_can_give ?? []
    this.ask = problem.ask
    this.fields = problem.fields ?? []
    this.lines = problem.lines ?? []
  }
}

/** The fault in an answer that is not a success; an answer that is no problem+json is still told in plain words. */
export async function readFault(answer: Response): Promise<Fault> {
  const type = answer.headers.get('content-type') ?? ''
  if (type.includes('json')) {
    const problem: unknown = await answer.json().catch(() => null)
    if (isProblem(problem)) return new Fault(problem)
  }
  return new Fault({ code: 'internal', status: answer.status, detail: `The server answered ${answer.status}.` })
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'title' in value
}

export function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  return new Fault({ code: 'internal', detail: error instanceof Error ? error.message : 'Something went wrong.' })
}
