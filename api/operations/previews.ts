import type { Operation } from '../operation.ts'
import { accessPreview, newPreview } from '../schemas/previews.ts'

export const previews = {
  'access_previews.create': {
    summary:
      'Who would gain and lose what by up to 20 changes of access, one after the other, and which of them would be refused. Nothing is changed.',
    permission: 'self',
    asked: 'body',
    audit: null,
    status: 200,
    body: newPreview,
    response: accessPreview,
  },
} as const satisfies Record<string, Operation>
