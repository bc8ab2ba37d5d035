import type { Operation } from '../operation.ts'
import {
  actionSearch,
  actions,
  authzenConfiguration,
  decision,
  decisions,
  entities,
  evaluation,
  evaluations,
  resourceSearch,
  subjectSearch,
} from '../schemas/authzen.ts'

const question = { permission: 'self', asked: 'body', audit: null, status: 200 } as const

export const authzen = {
  'authzen.configuration': {
    summary: 'OpenID AuthZEN: where this decision point answers.',
    permission: null,
    asked: 'public',
    audit: null,
    status: 200,
    response: authzenConfiguration,
  },
  'authzen.evaluation': {
    ...question,
    summary: 'OpenID AuthZEN: may this subject do this?',
    body: evaluation,
    response: decision,
  },
  'authzen.evaluations': {
    ...question,
    summary: 'OpenID AuthZEN: several such questions, answered in order.',
    body: evaluations,
    response: decisions,
  },
  'authzen.subjects': {
    ...question,
    summary: 'OpenID AuthZEN: who may do this?',
    body: subjectSearch,
    response: entities,
  },
  'authzen.resources': {
    ...question,
    summary: 'OpenID AuthZEN: with what may this subject do this?',
    body: resourceSearch,
    response: entities,
  },
  'authzen.actions': {
    ...question,
    summary: 'OpenID AuthZEN: what may this subject do with this?',
    body: actionSearch,
    response: actions,
  },
} as const satisfies Record<string, Operation>
