import type { OperationId } from '@zoneward/api'
import { operatorOperations } from '../operator-page/without-organization.ts'
import { changeOrganization } from '../sign-in/change-organization.ts'
import type { AccountRequest } from './account-request.ts'

/** What somebody can do who is in no organization: go to one, and run the instance. */
const routes = { ...operatorOperations, 'sessions.organization.replace': changeOrganization }
type Known = keyof typeof routes

export function needsAccountOnly(id: OperationId): id is Known {
  return id in routes
}

// The request was read by the schemas of this very operation, which TypeScript cannot follow through an index.
export function answerOfAccount(id: Known, request: AccountRequest<OperationId>): Promise<unknown> {
  const answer = routes[id] as (request: unknown) => Promise<unknown>
  return answer(request)
}
