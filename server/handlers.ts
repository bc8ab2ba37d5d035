import { accessRequestRoutes } from './access-requests/routes.ts'
import { accessReviewRoutes } from './access-reviews/routes.ts'
import { apiKeyRoutes } from './api-keys/routes.ts'
import { assertionRoutes } from './assertions/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { authzenRoutes } from './authzen/routes.ts'
import { changeRoutes } from './changes/routes.ts'
import { customerRoutes } from './customers/routes.ts'
import { grantRoutes } from './grants/routes.ts'
import { guestLinkRoutes } from './guest-links/routes.ts'
import { hostingRoutes } from './hostings/routes.ts'
import { descriptionRoutes } from './http/description-routes.ts'
import type { Handlers } from './http/routes.ts'
import { invitationRoutes } from './invitations/routes.ts'
import { memberRoutes } from './members/routes.ts'
import { operatorPageRoutes } from './operator-page/routes.ts'
import { organizationRoutes } from './organization/routes.ts'
import { previewRoutes } from './previews/routes.ts'
import { proposalRoutes } from './proposals/routes.ts'
import { providerRoutes } from './providers/routes.ts'
import { questionRoutes } from './questions/routes.ts'
import { recordRoutes } from './records/routes.ts'
import { roleRoutes } from './roles/routes.ts'
import { serviceAccountRoutes } from './service-accounts/routes.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { teamRoutes } from './teams/routes.ts'
import { viewAsRoutes } from './view-as/routes.ts'
import { zoneFileRoutes } from './zone-files/routes.ts'
import { zoneRoutes } from './zones/routes.ts'

/** The handler of every operation, a line for each feature. */
export const handlers = {
  ...descriptionRoutes,
  ...questionRoutes,
  ...grantRoutes,
  ...accessRequestRoutes,
  ...accessReviewRoutes,
  ...assertionRoutes,
  ...auditRoutes,
  ...signInRoutes,
  ...organizationRoutes,
  ...memberRoutes,
  ...teamRoutes,
  ...invitationRoutes,
  ...apiKeyRoutes,
  ...serviceAccountRoutes,
  ...proposalRoutes,
  ...guestLinkRoutes,
  ...changeRoutes,
  ...customerRoutes,
  ...hostingRoutes,
  ...previewRoutes,
  ...providerRoutes,
  ...recordRoutes,
  ...roleRoutes,
  ...zoneFileRoutes,
  ...zoneRoutes,
  ...viewAsRoutes,
  ...authzenRoutes,
  ...operatorPageRoutes,
} satisfies Handlers
