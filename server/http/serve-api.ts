import { randomUUID } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import type { OperationId } from '@zoneward/api'
import { paths } from '@zoneward/api'
import { Hono } from 'hono'
import { authzenError, isAuthzenPath } from '../authzen/error-response.ts'
import type { Context } from '../context.ts'
import { Fault, notFound } from '../fault.ts'
import { clientAddress } from './client-address.ts'
import { faultOf } from './fault-of.ts'
import { handle } from './handle.ts'
import { problemResponse } from './problem-response.ts'
import type { Handlers } from './routes.ts'
import { securityHeaders } from './security-headers.ts'

/** Every operation of the table as a route; what is left is for the pages. */
export function serveApi(context: Context, handlers: Handlers): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>({ strict: true })
  const headers = securityHeaders(context.publicOrigin.startsWith('https:'))
  app.use(async (c, next) => {
    const started = performance.now()
    const requestId = randomUUID()
    await next()
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value)
    // Who asks by the Authorization API gets its own id back (section 10.1.3 of it).
    const theirs = isAuthzenPath(c.req.path) ? c.req.header('x-request-id') : undefined
    c.res.headers.set('x-request-id', theirs ?? requestId)
    const line = {
      requestId,
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      ms: Math.round(performance.now() - started),
    }
    context.log.debug(line, 'answered')
    // What the database refused and the caller is told how to mend (a name that is taken) is no alarm.
    if (c.error && !(c.error instanceof Fault))
      context.log[c.res.status < 500 ? 'info' : 'error']({ ...line, err: c.error }, 'a request failed')
  })
  for (const [id, [method, path]] of Object.entries(paths) as [OperationId, readonly [string, string]][]) {
    app.on(method, patternOf(path), (c) => {
      const address = clientAddress(
        c.env.incoming.socket.remoteAddress ?? '',
        c.req.header('x-forwarded-for') ?? null,
        context.config.trustedProxies,
      )
      return handle(context, handlers, id, {
        request: c.req.raw,
        headers: c.req.raw.headers,
        address,
        params: c.req.param(),
      })
    })
  }
  for (const [path, methods] of methodsByPath()) app.all(path, () => methodNotAllowed(methods))
  app.all('/v1/*', () => problemResponse(notFound()))
  app.all('/access/v1/*', () => authzenError(notFound()))
  app.onError((error, c) => (isAuthzenPath(c.req.path) ? authzenError : problemResponse)(faultOf(error)))
  return app
}

/** `/v1/zones/{zone_id}` as the router writes it. */
function patternOf(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}

function methodsByPath(): Map<string, string[]> {
  const rows = Object.values(paths) as (readonly [string, string])[]
  return new Map(
    [...Map.groupBy(rows, ([, path]) => patternOf(path))].map(([path, same]) => [path, same.map(([method]) => method)]),
  )
}

/** A path of the API, asked with a method that it does not have (RFC 9110, section 15.5.6). */
function methodNotAllowed(methods: string[]): Response {
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', ')
  const answer = problemResponse(new Fault('invalid', `This path knows ${allow} only.`, { status: 405 }))
  answer.headers.set('allow', allow)
  return answer
}
