import { descriptionRoutes } from './http/description-routes.ts'
import type { Handlers } from './http/routes.ts'
import { signInRoutes } from './sign-in/routes.ts'

/** The handler of every operation, a line for each feature. */
export const handlers = {
  ...descriptionRoutes,
  ...signInRoutes,
} as unknown as Handlers
