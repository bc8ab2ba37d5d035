import { auditRoutes } from './audit/routes.ts'
import { grantRoutes } from './grants/routes.ts'
import { descriptionRoutes } from './http/description-routes.ts'
import type { Handlers } from './http/routes.ts'
import { questionRoutes } from './questions/routes.ts'
import { signInRoutes } from './sign-in/routes.ts'

/** The handler of every operation, a line for each feature. */
export const handlers = {
  ...descriptionRoutes,
  ...questionRoutes,
  ...grantRoutes,
  ...auditRoutes,
  ...signInRoutes,
} as unknown as Handlers
