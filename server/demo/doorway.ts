import { cookieName } from '../http/cookies.ts'
import type { RunningServer } from '../start-server.ts'

export type Answered = { status: number; body: Record<string, unknown>; cookie: string | null }
/** Somebody at the door: what it sends with each request is its own. */
export type Visitor = { send(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> }

/** Requests to this server's own handlers, in this process, by the way that any request takes. */
export function doorway({ context, fetch }: Pick<RunningServer, 'context' | 'fetch'>) {
  async function ask(method: string, path: string, body: unknown, cookie: string | null): Promise<Answered> {
    const headers = new Headers({ host: new URL(context.publicOrigin).host, 'user-agent': 'zoneward --demo' })
    if (body !== undefined) headers.set('content-type', 'application/json')
    if (cookie !== null) headers.set('cookie', cookie)
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
    const answer = await fetch(new Request(`${context.publicOrigin}${path}`, init), '127.0.0.1')
    const text = await answer.text()
    if (answer.status >= 400) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`)
    return { status: answer.status, body: text ? JSON.parse(text) : {}, cookie: newCookie(answer, context.instanceId) }
  }
  return {
    /** A request that signs in, and whoever it signed in. */
    enter: async (path: string, body: unknown): Promise<Visitor & { me: Record<string, unknown>; cookie: string }> => {
      const entered = await ask('POST', path, body, null)
      const { cookie } = entered
      if (cookie === null) throw new Error(`POST ${path} set no cookie`)
      return {
        cookie,
        me: entered.body,
        send: async (method, inner, content) => (await ask(method, inner, content, cookie)).body,
      }
    },
  }
}

function newCookie(answer: Response, instanceId: string): string | null {
  const names = [cookieName('staff', instanceId), cookieName('client', instanceId)]
  const set = answer.headers.getSetCookie().find((cookie) => names.some((name) => cookie.startsWith(`${name}=`)))
  return set?.split(';')[0] ?? null
}
