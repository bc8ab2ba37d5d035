import type { VisibleScopes } from '@zoneward/permissions'

/** Of which customers the people are within reach: all (the organization's own portal too), or these. */
export function customersReached(visible: VisibleScopes): 'all' | string[] {
  const { organizations, customers, within, exceptCustomers } = visible
  const held = organizations.length > 0 ? ('all' as const) : customers.map((customer) => customer.id)
  const reached = bounded(held, within)
  return reached === 'all' ? 'all' : reached.filter((id) => !exceptCustomers.includes(id))
}

// The scopes of an API key.
function bounded(held: 'all' | string[], within: VisibleScopes['within']): 'all' | string[] {
  if (within === null || within.some((scope) => scope.kind === 'organization')) return held
  const listed = within.filter((scope) => scope.kind === 'customer').map((scope) => scope.id)
  return held === 'all' ? listed : held.filter((id) => listed.includes(id))
}
