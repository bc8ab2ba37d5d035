import type { Operation } from './operation.ts'
import { access } from './operations/access.ts'
import { accessRequests } from './operations/access-requests.ts'
import { accessReviews } from './operations/access-reviews.ts'
import { assertions } from './operations/assertions.ts'
import { authzen } from './operations/authzen.ts'
import { doors } from './operations/doors.ts'
import { guestLinks } from './operations/guest-links.ts'
import { hostings } from './operations/hostings.ts'
import { operator } from './operations/operator.ts'
import { people } from './operations/people.ts'
import { places } from './operations/places.ts'
import { previews } from './operations/previews.ts'
import { proposals } from './operations/proposals.ts'
import { questions } from './operations/questions.ts'
import { roles } from './operations/roles.ts'
import { serviceAccounts } from './operations/service-accounts.ts'
import { teams } from './operations/teams.ts'
import { viewAs } from './operations/view-as.ts'
import { zones } from './operations/zones.ts'
import type { OperationId } from './paths.ts'

/** Every operation of the HTTP API. The server registers it, OpenAPI is printed from it, clients are typed by it. */
export const operations = {
  ...doors,
  ...places,
  ...people,
  ...teams,
  ...roles,
  ...hostings,
  ...zones,
  ...serviceAccounts,
  ...guestLinks,
  ...proposals,
  ...access,
  ...accessRequests,
  ...accessReviews,
  ...questions,
  ...previews,
  ...assertions,
  ...authzen,
  ...viewAs,
  ...operator,
} as const satisfies Record<OperationId, Operation>
