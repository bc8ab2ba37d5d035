import { id, nothing, pageOf, pageQuery, z } from '../json.ts'
import type { Operation } from '../operation.ts'
import {
  createdOrganization,
  instance,
  newOrganization,
  operatedOrganization,
  organizationDeletion,
} from '../schemas/operator.ts'

const byOperator = { permission: 'self', asked: 'operator' } as const

export const operator = {
  'operator.read': {
    ...byOperator,
    summary: 'How this instance is set up, for whoever runs it.',
    audit: null,
    status: 200,
    response: instance,
  },
  'operator.organizations.list': {
    ...byOperator,
    summary: 'Every organization of this instance.',
    audit: null,
    status: 200,
    query: pageQuery,
    response: pageOf(operatedOrganization),
  },
  'operator.organizations.create': {
    ...byOperator,
    summary: 'Make an organization, and invite the first holder of its top role.',
    audit: 'organization.created',
    status: 201,
    body: newOrganization,
    response: createdOrganization,
  },
  'operator.organizations.delete': {
    ...byOperator,
    summary: 'Delete an organization with everything in it; its name has to be given.',
    audit: 'organization.deleted',
    status: 204,
    params: z.object({ organization_id: id }),
    query: organizationDeletion,
    response: nothing,
  },
} as const satisfies Record<string, Operation>
