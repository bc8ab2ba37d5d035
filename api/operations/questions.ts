import { pageOf } from '../json.ts'
import type { Operation } from '../operation.ts'
import {
  heldPermissions,
  heldResource,
  matrix,
  matrixQuery,
  permissionQuery,
  resourceQuery,
} from '../schemas/questions.ts'

export const questions = {
  'access.resources': {
    summary: 'The things of a kind where the caller, or another subject, holds a permission.',
    permission: 'self',
    asked: 'list',
    audit: null,
    status: 200,
    query: resourceQuery,
    response: pageOf(heldResource),
  },
  'access.permissions': {
    summary: 'Every permission that the caller (or, with grants.view, another) holds there, with records and end.',
    permission: 'self',
    asked: 'body',
    audit: null,
    status: 200,
    query: permissionQuery,
    response: heldPermissions,
  },
  'access.matrix': {
    summary: 'People × things: what everybody can do at a scope and directly below it.',
    permission: 'grants.view',
    asked: 'body',
    audit: null,
    status: 200,
    query: matrixQuery,
    response: matrix,
  },
} as const satisfies Record<string, Operation>
