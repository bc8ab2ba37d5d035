import { accountRequestOf } from '../http/account-request.ts'
import type { Routes } from '../http/routes.ts'
import { createOrganization } from './create-organization.ts'
import { deleteOrganization } from './delete-organization.ts'
import { listOrganizations } from './list-organizations.ts'
import { readInstance } from './read-instance.ts'

type Asked = 'operator.read' | `operator.organizations.${'list' | 'create' | 'delete'}`

export const operatorPageRoutes = {
  'operator.read': (request) => readInstance(accountRequestOf(request)),
  'operator.organizations.list': (request) => listOrganizations(accountRequestOf(request)),
  'operator.organizations.create': (request) => createOrganization(accountRequestOf(request)),
  'operator.organizations.delete': (request) => deleteOrganization(accountRequestOf(request)),
} satisfies Routes<Asked>
