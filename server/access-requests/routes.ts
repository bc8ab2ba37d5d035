import type { Routes } from '../http/routes.ts'
import { createRequest } from './create-request.ts'
import { decideRequest } from './decide-request.ts'
import { listRequests } from './list-requests.ts'
import { readRequest } from './read-request.ts'
import { withdrawRequest } from './withdraw-request.ts'

export const accessRequestRoutes = {
  'access_requests.list': (request) => request.read((tx) => listRequests(tx, request)),
  'access_requests.create': (request) => request.write((tx, note) => createRequest(tx, note, request)),
  'access_requests.read': (request) =>
    request.read((tx) => readRequest(tx, request.actor, request.params.access_request_id)),
  // Only a yes changes who may do what.
  'access_requests.decide': (request) =>
    request.body.decision === 'grant'
      ? request.changeAccess((tx, note) => decideRequest(tx, note, request))
      : request.write((tx, note) => decideRequest(tx, note, request)),
  'access_requests.withdraw': (request) => request.write((tx, note) => withdrawRequest(tx, note, request)),
} satisfies Routes<
  | 'access_requests.list'
  | 'access_requests.create'
  | 'access_requests.read'
  | 'access_requests.decide'
  | 'access_requests.withdraw'
>
