import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import type { Routes } from '../http/routes.ts'
import { evaluateOne } from './evaluate.ts'
import { evaluateMany } from './evaluations.ts'
import { searchActions } from './search-actions.ts'
import { searchResources } from './search-resources.ts'
import { searchSubjects } from './search-subjects.ts'

type Asked = 'authzen.evaluation' | 'authzen.evaluations' | 'authzen.subjects' | 'authzen.resources' | 'authzen.actions'

/** OpenID AuthZEN, Authorization API 1.0: https://openid.net/specs/authorization-api-1_0.html */
export const authzenRoutes = {
  'authzen.configuration': async ({ context: { publicOrigin } }) => ({
    policy_decision_point: publicOrigin,
    access_evaluation_endpoint: `${publicOrigin}/access/v1/evaluation`,
    access_evaluations_endpoint: `${publicOrigin}/access/v1/evaluations`,
    search_subject_endpoint: `${publicOrigin}/access/v1/search/subject`,
    search_resource_endpoint: `${publicOrigin}/access/v1/search/resource`,
    search_action_endpoint: `${publicOrigin}/access/v1/search/action`,
  }),
  'authzen.evaluation': (request) => answer(request, (tx) => evaluateOne(tx, request.actor, request.body)),
  'authzen.evaluations': (request) => answer(request, (tx) => evaluateMany(tx, request.actor, request.body)),
  'authzen.subjects': (request) => answer(request, (tx) => searchSubjects(tx, request.actor, request.body)),
  'authzen.resources': (request) => answer(request, (tx) => searchResources(tx, request.actor, request.body)),
  'authzen.actions': (request) => answer(request, (tx) => searchActions(tx, request.actor, request.body)),
} satisfies Routes<Asked | 'authzen.configuration'>

/** Section 10.1: the body says that it is JSON. */
function answer<T>(request: ActorRequest<Asked>, find: (tx: Tx) => Promise<T>): Promise<T> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json *(;|$)/i.test(type)) throw new Fault('invalid', 'Content-Type must be application/json.')
  return request.read(find)
}
