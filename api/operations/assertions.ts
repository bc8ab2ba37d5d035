import { id, nothing, pageOf, pageQuery, z } from '../json.ts'
import type { Operation } from '../operation.ts'
import { assertion, assertionCheck, assertionFindings, newAssertion } from '../schemas/assertions.ts'

const ofAssertion = z.object({ assertion_id: id })

export const assertions = {
  'assertions.list': {
    summary: 'What must never be possible: every change of access that would break one is refused.',
    permission: 'grants.view',
    asked: 'organization',
    audit: null,
    status: 200,
    query: pageQuery,
    response: pageOf(assertion),
  },
  'assertions.create': {
    summary: 'State what must never be possible; refused, with the breaches, while it is possible.',
    permission: 'assertions.manage',
    asked: 'organization',
    audit: 'assertion.created',
    changesAccess: true,
    status: 201,
    body: newAssertion,
    response: assertion,
  },
  'assertions.read': {
    summary: 'One assertion.',
    permission: 'grants.view',
    asked: 'organization',
    audit: null,
    status: 200,
    params: ofAssertion,
    response: assertion,
  },
  'assertions.delete': {
    summary: 'Drop an assertion: from now on changes may break it.',
    permission: 'assertions.manage',
    asked: 'organization',
    audit: 'assertion.deleted',
    changesAccess: true,
    status: 204,
    params: ofAssertion,
    response: nothing,
  },
  'assertions.check': {
    summary: 'Does every assertion hold now? Or would a rule, before it is saved? With the breaches of each.',
    permission: 'assertions.manage',
    asked: 'organization',
    audit: null,
    status: 200,
    body: assertionCheck,
    response: assertionFindings,
  },
} as const satisfies Record<string, Operation>
