import type { Context } from './context.ts'
import { handlers } from './handlers.ts'
import type { Handlers } from './http/routes.ts'
import { serveApi } from './http/serve-api.ts'
import { servePages } from './http/serve-pages.ts'

/** The whole of what is served over HTTP: the API, its reference page, and the web app for every other path. */
export function createApp(context: Context, with_: Handlers = handlers) {
  const app = serveApi(context, with_)
  servePages(app, context)
  return app
}
