import { z } from '../json.ts'

// Authorization API 1.0 of the OpenID AuthZEN working group: https://openid.net/specs/authorization-api-1_0.html
// Fields that are not known are ignored, as it demands.

const properties = z.record(z.string(), z.unknown()).optional()
const text = z.string().max(2000)

/** Sections 5.1 to 5.4: whose access, to what, doing what, and in which circumstances. */
export const authzenSubject = z.object({ type: text, id: text, properties })
export const authzenResource = z.object({ type: text, id: text, properties })
export const authzenAction = z.object({ name: text, properties })
const context = z.record(z.string(), z.unknown()).optional()

/** Section 6.1. */
export const evaluation = z.object({
  subject: authzenSubject,
  action: authzenAction,
  resource: authzenResource,
  context,
})
export const decision = z
  .object({ decision: z.boolean(), context: z.record(z.string(), z.unknown()).optional() })
  .meta({ id: 'AuthzenDecision' })

/** Section 7.1: what stands outside `evaluations` is the default of each; each is read by itself, an error in it is its own. */
export const evaluations = z.object({
  subject: authzenSubject.optional(),
  action: authzenAction.optional(),
  resource: authzenResource.optional(),
  context,
  evaluations: z.array(z.unknown()).max(2000).optional(),
  options: z
    .object({
      evaluations_semantic: z.enum(['execute_all', 'deny_on_first_deny', 'permit_on_first_permit']).optional(),
    })
    .optional(),
})
export const decisions = z.union([z.object({ evaluations: z.array(decision) }), decision])

/** Section 8.2. */
const page = z
  .object({ token: z.string().max(4000).optional(), limit: z.int().min(0).optional(), properties })
  .optional()
const typed = z.object({ type: text, properties })

/** Sections 8.4 to 8.6: what is searched for has a type alone; an id that stands there all the same is ignored. */
export const subjectSearch = z.object({
  subject: typed,
  action: authzenAction,
  resource: authzenResource,
  context,
  page,
})
export const resourceSearch = z.object({
  subject: authzenSubject,
  action: authzenAction,
  resource: typed,
  context,
  page,
})
export const actionSearch = z.object({ subject: authzenSubject, resource: authzenResource, context, page })

const resultPage = z.object({ next_token: z.string(), count: z.int() })
const entity = z.object({ type: z.string(), id: z.string(), properties })
export const entities = z.object({ page: resultPage, results: z.array(entity) })
export const actions = z.object({ page: resultPage, results: z.array(z.object({ name: z.string() })) })

/** Section 9.1. */
export const authzenConfiguration = z
  .object({
    policy_decision_point: z.string(),
    access_evaluation_endpoint: z.string(),
    access_evaluations_endpoint: z.string(),
    search_subject_endpoint: z.string(),
    search_resource_endpoint: z.string(),
    search_action_endpoint: z.string(),
  })
  .meta({ id: 'AuthzenConfiguration' })
