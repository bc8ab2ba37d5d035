import { decide, isAllowed } from '@zoneward/permissions'
import type { Routes } from '../http/routes.ts'
import { accessMatrix } from './access-matrix.ts'
import { explainAccess } from './explain-access.ts'
import { heldPermissions } from './held-permissions.ts'
import { listHolders } from './list-holders.ts'
import { listResources } from './list-resources.ts'
import { type ReadQuestion, readQuestions } from './read-questions.ts'

export const questionRoutes = {
  'access.check': (request) =>
    request.read(async (tx) => {
      const questions = await readQuestions(tx, request, request.body.checks, (index) => `checks.${index}.`)
      return { answers: questions.map(answerOf) }
    }),
  'access.explain': (request) => request.read((tx) => explainAccess(tx, request)),
  'access.holders': (request) => request.read((tx) => listHolders(tx, request)),
  'access.resources': (request) => request.read((tx) => listResources(tx, request)),
  'access.permissions': (request) => request.read((tx) => heldPermissions(tx, request)),
  'access.matrix': (request) => request.read((tx) => accessMatrix(tx, request)),
} satisfies Routes<
  'access.check' | 'access.explain' | 'access.holders' | 'access.resources' | 'access.permissions' | 'access.matrix'
>

// What is not there and what may not be seen are answered alike.
function answerOf({ request, held }: ReadQuestion): { allowed: boolean; review_required: boolean } {
  if (request === null || !isAllowed(held.index, request)) return { allowed: false, review_required: false }
  const decision = decide(held.index, request, { set: held.roleSet })
  return { allowed: true, review_required: decision.allowed && decision.reviewRequired }
}
