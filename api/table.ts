import type { Operation } from './operation.ts'
import { access } from './operations/access.ts'
import { doors } from './operations/doors.ts'
import { hostings } from './operations/hostings.ts'
import { people } from './operations/people.ts'
import { places } from './operations/places.ts'
import { roles } from './operations/roles.ts'
import { teams } from './operations/teams.ts'
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
  ...access,
} as const satisfies Record<OperationId, Operation>
