import { type OperationId, paths } from '@zoneward/api'
import type { PersonaName } from '../server/demo/cast.ts'
import { type Filled, fillExample } from '../server/demo/fill-example.ts'
import { createLog } from '../server/log.ts'
import { type RunningServer, startServer } from '../server/start-server.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

/** An answer, read whole. `body` is the JSON, or the text where it is none. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape, and fail where it is another
export type Answer<Body = any> = { status: number; body: Body; text: string; headers: Headers }

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Headings = Record<string, string>

/** One browser, key or nobody: what it sends with every request is its own. */
export type Caller = {
  request(method: Method, path: string, body?: unknown, headers?: Headings): Promise<Answer>
  get(path: string, headers?: Headings): Promise<Answer>
  post(path: string, body?: unknown, headers?: Headings): Promise<Answer>
  put(path: string, body?: unknown, headers?: Headings): Promise<Answer>
  patch(path: string, body?: unknown, headers?: Headings): Promise<Answer>
  delete(path: string, headers?: Headings): Promise<Answer>
  /** The same by the operation's name: `call('zones.read', { zone_id })`. */
  call(id: OperationId, params?: Record<string, string>, body?: unknown): Promise<Answer>
  /** The session cookie, where there is one: `name=value`. */
  readonly cookie: string | null
}

export type SignIn = { realm: 'staff' | 'client'; portal?: string | null; email: string; password: string }

export type Product = {
  server: RunningServer
  database: TestDatabase
  url: string
  dnsPort: number
  /** Nobody: no cookie, no key. */
  nobody: Caller
  withKey(token: string): Caller
  /** A browser with this cookie. */
  withCookie(cookie: string | null): Caller
  /** Signs in, or throws with the server's answer. */
  signIn(credentials: SignIn): Promise<Caller>
  /** Makes a request that sets a session cookie, and the browser that has it from then on. */
  entering(path: string, body: unknown): Promise<{ answer: Answer; caller: Caller }>
  stop(): Promise<void>
}

/** The real server, in this process, on ports of its own and a fresh database. */
export async function startProduct(overrides: Partial<TestDatabase['config']> = {}): Promise<Product> {
  const database = await createTestDatabase()
  const log = createLog({ level: process.env['ZONEWARD_LOG_LEVEL'] ?? 'fatal' })
  const server = await startServer({ ...database.config, ...overrides }, log, database)
  const { url, dnsPort } = server
  const withCookie = (cookie: string | null) => callerOf(url, cookie === null ? {} : { cookie })
  const nobody = withCookie(null)
  const entering: Product['entering'] = async (path, body) => {
    const answer = await nobody.post(path, body)
    return { answer, caller: withCookie(cookieOf(answer)) }
  }
  return {
    server,
    database,
    url,
    dnsPort,
    nobody,
    withCookie,
    entering,
    withKey: (token) => callerOf(url, { authorization: `Bearer ${token}` }),
    signIn: async ({ portal, ...credentials }) => {
      const { answer, caller } = await entering('/v1/sessions', { ...credentials, ...(portal ? { portal } : {}) })
      if (answer.status !== 201) throw new Error(`${credentials.email} cannot sign in: ${answer.text}`)
      return caller
    },
    stop: async () => {
      await server.stop()
      await database.close()
    },
  }
}

/** The pair that a browser would keep and send again. */
function cookieOf(answer: Answer): string | null {
  const [set] = answer.headers.getSetCookie()
  return set?.split(';')[0] ?? null
}

function callerOf(url: string, own: Headings): Caller {
  const request: Caller['request'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...own, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'manual',
    })
    const text = await response.text()
    const isJson = /\bjson$/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, body: isJson ? JSON.parse(text) : text, text, headers: response.headers }
  }
  return {
    request,
    get: (path, headers) => request('GET', path, undefined, headers),
    post: (path, body, headers) => request('POST', path, body, headers),
    put: (path, body, headers) => request('PUT', path, body, headers),
    patch: (path, body, headers) => request('PATCH', path, body, headers),
    delete: (path, headers) => request('DELETE', path, undefined, headers),
    call: (id, params = {}, body) => {
      const [method, template] = paths[id]
      return request(
        method,
        template.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name] ?? '')),
        body,
      )
    },
    cookie: own['cookie'] ?? null,
  }
}

/** Everybody of the example organization, signed in: what `--demo` fills, by the same requests. */
export type Cast = {
  as: Record<PersonaName, Caller>
  /** The key of a persona that may have one. */
  key: (name: PersonaName) => Caller
  personas: Record<PersonaName, Filled['personas'][number]>
  organization: string
  /** Ids by name, such as `zones['bakery.example']`. */
  zones: Record<string, string>
  customers: Record<string, string>
  providers: Record<string, string>
}

/** The example organization in an empty product; once a file, since it takes a second or two. */
export async function castOf(product: Product): Promise<Cast> {
  const { personas, ids } = await fillExample(product.server)
  const named = <Value>(pick: (persona: (typeof personas)[number]) => Value) =>
    Object.fromEntries(personas.map((persona) => [persona.name, pick(persona)])) as Record<PersonaName, Value>
  const byName = named((persona) => persona)
  return {
    as: named((persona) => product.withCookie(persona.cookie)),
    key: (name) => {
      const { apiKey } = byName[name]
      if (apiKey === null) throw new Error(`${name} has no key`)
      return product.withKey(apiKey)
    },
    personas: byName,
    organization: ids.organization.get('') ?? '',
    zones: Object.fromEntries(ids.zone),
    customers: Object.fromEntries(ids.customer),
    providers: Object.fromEntries(ids.provider),
  }
}
