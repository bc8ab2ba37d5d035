import { id, nothing, pageOf, z } from '../json.ts'
import type { Operation } from '../operation.ts'
import { accessDecision, accessRequest, accessRequestQuery, newAccessRequest } from '../schemas/access-requests.ts'

const params = z.object({ access_request_id: id })

export const accessRequests = {
  'access_requests.list': {
    summary: 'What the caller asked for, newest first; or what others ask for and the caller could grant.',
    permission: 'self',
    asked: 'self',
    audit: null,
    status: 200,
    query: accessRequestQuery,
    response: pageOf(accessRequest),
  },
  'access_requests.create': {
    summary: 'Ask for the smallest grant that would allow something, for some hours.',
    permission: 'self',
    asked: 'self',
    audit: 'access_request.created',
    status: 201,
    body: newAccessRequest,
    response: accessRequest,
  },
  'access_requests.read': {
    summary: 'One request: of the caller, or one that it could decide.',
    permission: 'self',
    asked: 'self',
    audit: null,
    status: 200,
    params,
    response: accessRequest,
  },
  'access_requests.decide': {
    summary: 'Grant what was asked for, perhaps shorter or narrower, or refuse it; nobody decides their own request.',
    permission: 'grants.manage',
    asked: 'body',
    audit: 'access_request.granted',
    changesAccess: true,
    status: 200,
    params,
    body: accessDecision,
    response: accessRequest,
  },
  'access_requests.withdraw': {
    summary: 'Take back a request of one’s own that nobody has decided.',
    permission: 'self',
    asked: 'self',
    audit: 'access_request.withdrawn',
    status: 204,
    params,
    response: nothing,
  },
} as const satisfies Record<string, Operation>
