import { z } from './json.ts'
import type { Operation } from './operation.ts'
import { paths } from './paths.ts'
import { problem } from './schemas/problem.ts'
import { operations } from './table.ts'

type Json = Record<string, unknown>

/** OpenAPI 3.1 of the whole table; every operation says its permission in `x-permission` (null: public). */
export function printOpenApi(version: string, serverUrl: string): Json {
  const schemas: Json = {}
  const described: Record<string, Json> = {}
  for (const [id, operation] of Object.entries(operations) as [keyof typeof paths, Operation][]) {
    const [method, path] = paths[id]
    described[path] = { ...described[path], [method.toLowerCase()]: describe(id, operation, schemas) }
  }
  hoist(problem, 'output', schemas)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Zoneward',
      version,
      description: 'DNS, domains and access of many customers. Lists are `{items, next}`; errors are problem+json.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: serverUrl }],
    paths: described,
    components: {
      schemas,
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-zoneward',
          description: 'The session cookie that POST /v1/sessions sets.',
        },
      },
    },
  }
}

function describe(id: string, operation: Operation, schemas: Json): Json {
  const success: Json = { description: operation.status === 204 ? 'Done.' : 'The answer.' }
  if (operation.status !== 204) {
    success['content'] = {
      [operation.media ?? 'application/json']: { schema: hoist(operation.response, 'output', schemas) },
    }
  }
  const failure = {
    description: 'Any error.',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
  return {
    operationId: id,
    summary: operation.summary,
    tags: [id.split('.')[0]],
    'x-permission': operation.permission,
    'x-asked-at': operation.asked,
    security: operation.permission === null ? [] : [{ key: [] }, { session: [] }],
    parameters: [...parameters('path', operation.params, schemas), ...parameters('query', operation.query, schemas)],
    ...(operation.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: hoist(operation.body, 'input', schemas) } },
          },
        }
      : {}),
    responses: { [operation.status]: success, ...accepted(operation, schemas), default: failure },
  }
}

/** What a write through access that wants review comes to. */
function accepted(operation: Operation, schemas: Json): Json {
  if (!operation.accepted) return {}
  const schema = hoist(operation.accepted, 'output', schemas)
  return { 202: { description: 'Nothing was written: it is proposed.', content: { 'application/json': { schema } } } }
}

function parameters(place: 'path' | 'query', schema: z.ZodType | undefined, schemas: Json): Json[] {
  if (!schema) return []
  const printed = hoist(schema, 'input', schemas) as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(printed.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (printed.required ?? []).includes(name),
    schema: property,
  }))
}

/** A JSON schema whose shared parts are moved to components.schemas. */
function hoist(schema: z.ZodType, io: 'input' | 'output', schemas: Json): Json {
  const { $schema: _, $defs, ...printed } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' }) as Json
  const relink = (part: unknown): unknown =>
    JSON.parse(JSON.stringify(part).replaceAll('"#/$defs/', '"#/components/schemas/'))
  for (const [name, part] of Object.entries(($defs ?? {}) as Json)) schemas[name] = withoutId(relink(part) as Json)
  const { id: name } = printed
  if (typeof name !== 'string') return relink(printed) as Json
  schemas[name] = withoutId(relink(printed) as Json)
  return { $ref: `#/components/schemas/${name}` }
}

function withoutId({ id: _, $id: __, ...rest }: Json): Json {
  return rest
}
