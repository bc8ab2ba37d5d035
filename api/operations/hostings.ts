import { id, nothing, pageOf, z } from '../json.ts'
import type { Operation } from '../operation.ts'
import { hosting, hostingPatch, hostingQuery, newHosting } from '../schemas/hostings.ts'

const ofHosting = z.object({ hosting_id: id })

export const hostings = {
  'hostings.list': {
    summary: 'The hostings that the caller may see, perhaps of one customer.',
    permission: 'hostings.view',
    asked: 'list',
    audit: null,
    status: 200,
    query: hostingQuery,
    response: pageOf(hosting),
  },
  'hostings.create': {
    summary: 'Make a hosting of a customer: a place where roles can be granted.',
    permission: 'hostings.manage',
    asked: 'body',
    audit: 'hosting.created',
    changesAccess: true,
    status: 201,
    body: newHosting,
    response: hosting,
  },
  'hostings.read': {
    summary: 'One hosting.',
    permission: 'hostings.view',
    asked: 'hosting',
    audit: null,
    status: 200,
    params: ofHosting,
    response: hosting,
  },
  'hostings.update': {
    summary: 'Rename a hosting, or say where it is.',
    permission: 'hostings.manage',
    asked: 'hosting',
    audit: 'hosting.changed',
    status: 200,
    params: ofHosting,
    body: hostingPatch,
    response: hosting,
  },
  'hostings.delete': {
    summary: 'Delete a hosting; what was granted at it ends. Asked at its customer too.',
    permission: 'hostings.manage',
    asked: 'hosting',
    audit: 'hosting.deleted',
    changesAccess: true,
    status: 204,
    params: ofHosting,
    response: nothing,
  },
} as const satisfies Record<string, Operation>
