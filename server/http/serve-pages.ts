import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Context } from '../context.ts'
import { notFound } from '../fault.ts'
import { referencePage } from './describe-api.ts'
import { referenceStyle } from './print-reference.ts'
import { problemResponse } from './problem-response.ts'

const dist = join(import.meta.dirname, '../../web/dist')
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}
const zip = promisify(gzip)

type File = { body: Buffer; zipped: Buffer | null; type: string; cache: string }

/** The web app for every path that is not the API's, its files, and the reference page of the API. */
export function servePages(app: Hono<{ Bindings: HttpBindings }>, context: Context): void {
  const files = new Map<string, Promise<File>>()
  const paths = new Set(filesBelow(dist))
  const fileAt = (path: string): Promise<File> => {
    const file = files.get(path) ?? loadFile(path)
    files.set(path, file)
    return file
  }
  app.get('/docs/api', (c) => c.html(referencePage(context), 200, { 'cache-control': 'no-cache' }))
  app.get('/docs/api.css', (c) => c.body(referenceStyle, 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get('*', async (c) => {
    const path = c.req.path
    if (path === '/v1') return problemResponse(notFound())
    if (paths.has(path) && path !== '/index.html') return answer(await fileAt(path), c.req.header('accept-encoding'))
    // A file that is missing is missing; only addresses of pages are answered with the app.
    if (path.startsWith('/assets/') || !paths.has('/index.html')) return problemResponse(notFound())
    return answer(await fileAt('/index.html'), c.req.header('accept-encoding'))
  })
  app.all('*', () => problemResponse(notFound()))
}

function answer({ body, zipped, type, cache }: File, accepts: string | undefined): Response {
  const small = zipped !== null && /\bgzip\b/.test(accepts ?? '')
  const headers = { 'content-type': type, 'cache-control': cache, vary: 'accept-encoding' }
  return new Response(new Uint8Array(small ? zipped : body), {
    headers: small ? { ...headers, 'content-encoding': 'gzip' } : headers,
  })
}

async function loadFile(path: string): Promise<File> {
  const body = readFileSync(join(dist, path))
  const type = types[extname(path)] ?? 'application/octet-stream'
  const isText = /^text|json|svg/.test(type)
  return {
    body,
    type,
    zipped: isText ? await zip(body, { level: 9 }) : null,
    // Names below /assets/ carry a hash of their content, so what they name never changes.
    cache: path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  }
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => `${entry.parentPath}${sep}${entry.name}`.slice(folder.length).replaceAll(sep, '/'))
  } catch {
    return []
  }
}
