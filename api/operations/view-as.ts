import { id, nothing, z } from '../json.ts'
import type { Operation } from '../operation.ts'
import { me } from '../schemas/sign-in.ts'
import { viewAs as answer, newViewAs } from '../schemas/view-as.ts'

export const viewAs = {
  'view_as.start': {
    summary: 'See what somebody else sees, reading only, for half an hour at most.',
    permission: 'view_as.use',
    asked: 'body',
    audit: 'view_as.started',
    status: 201,
    body: newViewAs,
    response: answer,
  },
  'view_as.end': {
    summary: 'See with one’s own eyes again.',
    permission: 'self',
    asked: 'self',
    audit: 'view_as.ended',
    status: 204,
    params: z.object({ view_as_id: id }),
    response: nothing,
  },
  'sessions.organization.replace': {
    summary: 'Go to another organization of one’s own account, in this session.',
    permission: 'self',
    asked: 'self',
    audit: null,
    status: 200,
    body: z.object({ organization_id: id }),
    response: me,
  },
} as const satisfies Record<string, Operation>
