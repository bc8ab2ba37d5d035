type Json = Record<string, unknown>
type Described = {
  operationId: string
  summary: string
  'x-permission': string | null
  'x-asked-at': string
  parameters: { name: string; in: string; required: boolean; schema: Json }[]
  requestBody?: { content: Record<string, { schema: Json }> }
  responses: Record<string, { content?: Record<string, { schema: Json }> }>
}

/** The OpenAPI description as one page for people: no script, so that it works under the strictest policy. */
export function printReference(openapi: Json): string {
  const { info, paths, components } = openapi as {
    info: { title: string; version: string; description: string }
    paths: Record<string, Record<string, Described>>
    components: { schemas: Record<string, Json> }
  }
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const groups = Map.groupBy(operations, ({ operation }) => operation.operationId.split('.')[0] ?? '')
  const menu = [...groups.keys()].map((name) => `<li><a href="#${esc(name)}">${esc(title(name))}</a></li>`)
  const sections = [...groups].map(
    ([name, list]) =>
      `<section id="${esc(name)}"><h2>${esc(title(name))}</h2>${list.map(printOperation).join('')}</section>`,
  )
  const schemas = Object.entries(components.schemas).sort(([a], [b]) => a.localeCompare(b))
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${esc(info.title)} API</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/docs/api.css"></head>
<body><a class="skip" href="#content">To the content</a><nav aria-label="Operations"><p><a href="/">${esc(info.title)}</a></p><ul>${menu.join('')}<li><a href="#schemas">Schemas</a></li></ul></nav>
<main id="content"><h1>${esc(info.title)} API <small>${esc(info.version)}</small></h1><p>${esc(info.description)}</p>
<p>Send an API key as <code>Authorization: Bearer zw_key_…</code>. The same as data: <a href="/openapi.json">/openapi.json</a>.</p>
${sections.join('')}<section id="schemas"><h2>Schemas</h2>${schemas.map(printSchema).join('')}</section></main></body></html>`
}

function printOperation({ path, method, operation }: { path: string; method: string; operation: Described }): string {
  const permission = operation['x-permission']
  const asks =
    permission === null
      ? 'Public.'
      : permission === 'self'
        ? 'Any signed-in caller.'
        : `Needs <code>${esc(permission)}</code>.`
  const parameters = operation.parameters.map(
    ({ name, in: place, required, schema }) =>
      `<tr><th scope="row"><code>${esc(name)}</code></th><td>${esc(place)}${required ? ', required' : ''}</td><td>${printType(schema)}</td></tr>`,
  )
  const body = operation.requestBody && Object.values(operation.requestBody.content)[0]?.schema
  const [status = '', success] = Object.entries(operation.responses)[0] ?? []
  const answered = Object.values(success?.content ?? {})[0]?.schema
  return `<article id="${esc(operation.operationId)}"><h3><span class="method">${method}</span> <code>${esc(path)}</code></h3>
<p>${esc(operation.summary)}</p><p class="permission" data-permission="${esc(permission ?? '')}">${asks}</p>
${parameters.length > 0 ? `<table><thead><tr><th scope="col">Parameter</th><th scope="col">In</th><th scope="col">Type</th></tr></thead><tbody>${parameters.join('')}</tbody></table>` : ''}
${body ? `<h4>Body</h4>${printShape(body)}` : ''}<h4>Answer ${esc(status)}</h4>${answered ? printShape(answered) : '<p>Without content.</p>'}</article>`
}

function printSchema([name, schema]: [string, Json]): string {
  return `<article id="schema-${esc(name)}"><h3>${esc(name)}</h3>${printShape(schema)}</article>`
}

function printShape(schema: Json): string {
  const properties = schema['properties'] as Record<string, Json> | undefined
  if (!properties) return `<p>${printType(schema)}</p>`
  const required = new Set((schema['required'] as string[] | undefined) ?? [])
  const rows = Object.entries(properties).map(
    ([name, property]) =>
      `<tr><th scope="row"><code>${esc(name)}</code></th><td>${required.has(name) ? 'required' : 'optional'}</td><td>${printType(property)}</td></tr>`,
  )
  return `<table><thead><tr><th scope="col">Field</th><th scope="col">Presence</th><th scope="col">Type</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function printType(schema: Json): string {
  const { $ref, type, anyOf, oneOf, items, enum: values, const: only, format } = schema as Record<string, never>
  if (typeof $ref === 'string') {
    const name = esc(String($ref).split('/').at(-1) ?? '')
    return `<a href="#schema-${name}">${name}</a>`
  }
  const choices = (anyOf ?? oneOf) as Json[] | undefined
  if (choices) return choices.map(printType).join(' or ')
  if (values) return (values as unknown[]).map((value) => `<code>${esc(JSON.stringify(value))}</code>`).join(' ')
  if (only !== undefined) return `<code>${esc(JSON.stringify(only))}</code>`
  if (items) return `list of ${printType(items)}`
  const inner = schema['properties'] ? Object.keys(schema['properties'] as Json).join(', ') : ''
  const name = String(type ?? 'anything')
  return esc(format ? `${name} (${String(format)})` : inner ? `${name} { ${inner} }` : name)
}

function title(name: string): string {
  const words = name.replaceAll('_', ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

function esc(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

export const referenceStyle = `
:root { color-scheme: light dark; --line: light-dark(#d8dce2, #3a414b); --quiet: light-dark(#4d5763, #b3bcc7); --link: light-dark(#0b5a87, #7cc4ee); }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; display: grid; grid-template-columns: 14rem minmax(0, 1fr); background: light-dark(#fff, #14181d); color: light-dark(#1a2027, #e6eaee); }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1rem; border-right: 1px solid var(--line); }
nav ul { list-style: none; margin: 0; padding: 0; } nav li { padding: .15rem 0; }
main { padding: 1rem 2rem 4rem; max-width: 64rem; }
a { color: var(--link); } h2 { border-top: 1px solid var(--line); padding-top: 1.5rem; margin-top: 2.5rem; } h4 { margin: .8rem 0 .2rem; }
article { margin: 1.5rem 0; } h3 { margin-bottom: .2rem; overflow-wrap: anywhere; }
.method { font: 600 .8rem ui-monospace, monospace; border: 1px solid var(--line); border-radius: .3rem; padding: .15rem .4rem; }
.permission, small { color: var(--quiet); } code { font-family: ui-monospace, monospace; font-size: .9em; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; } th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); font-weight: 400; overflow-wrap: anywhere; } thead th { color: var(--quiet); }
.skip { position: absolute; left: -100vw; } .skip:focus { left: 1rem; top: 1rem; background: light-dark(#fff, #14181d); padding: .5rem; z-index: 1; }
@media (max-width: 48rem) { body { display: block; } nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); } main { padding: 1rem; } }
`
