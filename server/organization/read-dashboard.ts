import type { AnswerOf } from '@zoneward/api'
import type { Permission, VisibleScopes } from '@zoneward/permissions'
import { organizationResource } from '../access/find-resource.ts'
import { reachesAnything } from '../access/within-reach.ts'
import type { Tx } from '../database/pools.ts'
import type { ActorRequest } from '../http/request.ts'
import { customersReached } from '../members/customers-reached.ts'
import { countPeople, countPlaces, countZones, hasKey, recentChanges, sumRecords } from './dashboard-store.ts'

type Dashboard = AnswerOf<'dashboard.read'>

/** What the caller has, counted within what it may see, and what comes next for somebody who has just begun. */
export function readDashboard(request: ActorRequest<'dashboard.read'>): Promise<Dashboard> {
  const { actor } = request
  const { orgId } = actor
  return request.read(async (tx) => {
    const see = (permission: Permission) => request.visible(tx, permission)
    if (!reachesAnything(await see('dashboard.view'))) {
      await request.authorize(tx, 'dashboard.view', organizationResource(orgId))
    }
    const zones = await see('zones.view')
    const members = customersReached(await see('members.view')) === 'all'
    const clients = customersReached(await see('client_users.manage'))
    const customers = customersReached(await see('customers.view'))
    const invites = customersReached(await see('members.manage')) === 'all'
    const people = await countPeople(tx, { orgId, members, clients, invites })
    const counts = {
      zones: await countZones(tx, orgId, zones),
      records: await sumRecords(tx, orgId, whole(await see('records.view'))),
      customers: await countPlaces(tx, 'customer', orgId, customers),
      ...people,
    }
    return {
      zones: counts.zones,
      records: counts.records,
      customers: counts.customers,
      people: people.members + people.clients,
      pending_invitations: people.invitations,
      recent_changes: await recentChanges(tx, actor, whole(await see('records.view'))),
      next_steps: await nextSteps(tx, request, counts),
    }
  })
}

/** Only scopes that are held without a record pattern: a number or a comment tells of every record. */
function whole(visible: VisibleScopes): VisibleScopes {
  const unnarrowed = (scopes: VisibleScopes['zones']) =>
    visible.withinPatterns === null ? scopes.filter((scope) => scope.patterns === null) : []
  return {
    ...visible,
    organizations: unnarrowed(visible.organizations),
    customers: unnarrowed(visible.customers),
    providers: unnarrowed(visible.providers),
    zones: unnarrowed(visible.zones),
  }
}

type Counts = { zones: number; customers: number; clients: number; invitations: number }

/** The steps that the caller may take at all; done ones stay, ticked. */
async function nextSteps(
  tx: Tx,
  request: ActorRequest<'dashboard.read'>,
  counts: Counts,
): Promise<Dashboard['next_steps']> {
  const { orgId, subjectId } = request.actor
  const mayAtOrganization = async (permission: Permission) =>
    (await request.visible(tx, permission)).organizations.length > 0
  const steps: [Dashboard['next_steps'][number]['id'], Permission, () => Promise<boolean>][] = [
    ['add_provider', 'providers.manage', async () => (await countPlaces(tx, 'provider', orgId, 'all')) > 0],
    ['import_zones', 'zones.create', async () => counts.zones > 0],
    ['add_customer', 'customers.create', async () => counts.customers > 0],
    ['invite_client', 'client_users.manage', async () => counts.clients + counts.invitations > 0],
    ['create_key', 'api_keys.create', () => hasKey(tx, orgId, subjectId)],
  ]
  const shown: Dashboard['next_steps'] = []
  for (const [id, permission, isDone] of steps) {
    if (await mayAtOrganization(permission)) shown.push({ id, done: await isDone() })
  }
  return shown
}
