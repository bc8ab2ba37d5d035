import { id, nothing, pageOf, pageQuery, z } from '../json.ts'
import type { Operation } from '../operation.ts'
import { createdApiKey, newApiKey } from '../schemas/people.ts'
import {
  keyAccess,
  newServiceAccount,
  serviceAccount,
  serviceAccountPatch,
  serviceAccountQuery,
} from '../schemas/service-accounts.ts'

const ofAccount = z.object({ service_account_id: id })

export const serviceAccounts = {
  'service_accounts.list': {
    summary: 'Users without sign-in, that own keys.',
    permission: 'api_keys.manage',
    asked: 'organization',
    audit: null,
    status: 200,
    query: serviceAccountQuery,
    response: pageOf(serviceAccount),
  },
  'service_accounts.create': {
    summary: 'Make a service account; what it may do is granted to it afterwards.',
    permission: 'api_keys.manage',
    asked: 'organization',
    audit: 'service_account.created',
    changesAccess: true,
    status: 201,
    body: newServiceAccount,
    response: serviceAccount,
  },
  'service_accounts.update': {
    summary: 'Rename or describe a service account.',
    permission: 'api_keys.manage',
    asked: 'organization',
    audit: 'service_account.changed',
    changesAccess: true,
    status: 200,
    params: ofAccount,
    body: serviceAccountPatch,
    response: serviceAccount,
  },
  'service_accounts.delete': {
    summary: 'Delete a service account: its keys and grants end at once.',
    permission: 'api_keys.manage',
    asked: 'organization',
    audit: 'service_account.deleted',
    changesAccess: true,
    status: 204,
    params: ofAccount,
    response: nothing,
  },
  'service_accounts.keys.create': {
    summary:
      'Make an API key of a service account that holds no more than the caller; the token is in this answer only.',
    permission: 'api_keys.manage',
    asked: 'organization',
    audit: 'api_key.created',
    changesAccess: true,
    status: 201,
    params: ofAccount,
    body: newApiKey,
    response: createdApiKey,
  },
  'api_keys.access': {
    summary: 'What an API key can do now, place by place: one’s own, or with api_keys.manage everyone’s.',
    permission: 'self',
    asked: 'body',
    audit: null,
    status: 200,
    params: z.object({ api_key_id: id }),
    query: pageQuery,
    response: keyAccess,
  },
} as const satisfies Record<string, Operation>
