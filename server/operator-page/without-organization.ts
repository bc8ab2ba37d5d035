import { createOrganization } from './create-organization.ts'
import { deleteOrganization } from './delete-organization.ts'
import { listOrganizations } from './list-organizations.ts'
import { readInstance } from './read-instance.ts'

/** What an operator does who is in no organization: all of it. */
export const operatorOperations = {
  'operator.read': readInstance,
  'operator.organizations.list': listOrganizations,
  'operator.organizations.create': createOrganization,
  'operator.organizations.delete': deleteOrganization,
}
