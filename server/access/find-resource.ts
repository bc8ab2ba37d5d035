import type { Resource, ScopeKind } from '@zoneward/permissions'
import type { Tx } from '../database/pools.ts'
import { isId } from '../ids.ts'
import { anyOf } from './held-access.ts'

/** A resource with everything it hangs below now, or null where the organization has no such thing. */
export async function findResource(
  tx: Tx,
  orgId: string,
  ref: { kind: ScopeKind; id: string },
): Promise<Resource | null> {
  if (!isId(ref.id)) return null
  switch (ref.kind) {
    case 'organization':
      return ref.id === orgId ? organizationResource(orgId) : null
    case 'customer':
    case 'provider':
      return (await exists(tx, orgId, ref.kind, ref.id)) ? below(orgId, ref.kind, ref.id) : null
    case 'zone': {
      const row = await tx
        .selectFrom('zone')
        .select(['provider_id', 'customer_id'])
        .where('org_id', '=', orgId)
        .where('id', '=', ref.id)
        .executeTakeFirst()
      return row ? zoneResource(orgId, { id: ref.id, ...row }) : null
    }
    case 'hosting': {
      const row = await tx
        .selectFrom('hosting')
        .select('customer_id')
        .where('org_id', '=', orgId)
        .where('id', '=', ref.id)
        .executeTakeFirst()
      return row ? hostingResource(orgId, { id: ref.id, ...row }) : null
    }
  }
}

/** A resource with the name that people call it by. */
export type NamedResource = { resource: Resource; name: string }

/** Many at once, by `kind id`; what the organization does not have is not in the answer. */
export async function findResources(
  tx: Tx,
  orgId: string,
  refs: readonly { kind: ScopeKind; id: string }[],
): Promise<Map<string, NamedResource>> {
  const idsOf = (kind: ScopeKind) => [...new Set(refs.filter((ref) => ref.kind === kind && isId(ref.id)).map(idOf))]
  const found = new Map<string, NamedResource>()
  const put = (resource: Resource, name: string) => found.set(`${resource.kind} ${resource.id}`, { resource, name })
  if (idsOf('organization').includes(orgId)) {
    const query = tx.selectFrom('organization').select('name').where('id', '=', orgId)
    put(organizationResource(orgId), (await query.executeTakeFirstOrThrow()).name)
  }
  for (const kind of ['customer', 'provider'] as const) {
    const ids = idsOf(kind)
    if (ids.length === 0) continue
    const query = tx.selectFrom(kind).select(['id', 'name']).where('org_id', '=', orgId).where('id', '=', anyOf(ids))
    for (const row of await query.execute()) put(below(orgId, kind, row.id), row.name)
  }
  for (const row of await hostingsOf(tx, orgId, idsOf('hosting'))) put(hostingResource(orgId, row), row.name)
  for (const row of await zonesOf(tx, orgId, idsOf('zone'))) put(zoneResource(orgId, row), shownZoneName(row.name))
  return found
}

/** As people write it: without the final dot, but for the root. */
export function shownZoneName(name: string): string {
  return name === '.' ? name : name.slice(0, -1)
}

async function zonesOf(tx: Tx, orgId: string, ids: string[]) {
  if (ids.length === 0) return []
  return tx
    .selectFrom('zone')
    .select(['id', 'name', 'provider_id', 'customer_id'])
    .where('org_id', '=', orgId)
    .where('id', '=', anyOf(ids))
    .execute()
}

async function hostingsOf(tx: Tx, orgId: string, ids: string[]) {
  if (ids.length === 0) return []
  return tx
    .selectFrom('hosting')
    .select(['id', 'name', 'customer_id'])
    .where('org_id', '=', orgId)
    .where('id', '=', anyOf(ids))
    .execute()
}

const idOf = (ref: { id: string }) => ref.id.toLowerCase()

export function organizationResource(orgId: string): Resource {
  return { kind: 'organization', id: orgId, ancestors: [{ kind: 'organization', id: orgId }] }
}

/** A zone hangs below its provider, its customer and the organization. */
export function zoneResource(
  orgId: string,
  zone: { id: string; provider_id: string; customer_id: string | null },
): Resource {
  const ancestors: Resource['ancestors'] = [
    { kind: 'zone', id: zone.id },
    ...(zone.customer_id ? [{ kind: 'customer' as const, id: zone.customer_id }] : []),
    { kind: 'provider', id: zone.provider_id },
    { kind: 'organization', id: orgId },
  ]
  return { kind: 'zone', id: zone.id, ancestors }
}

/** A hosting hangs below its customer and the organization. */
export function hostingResource(orgId: string, hosting: { id: string; customer_id: string }): Resource {
  return {
    kind: 'hosting',
    id: hosting.id,
    ancestors: [
      { kind: 'hosting', id: hosting.id },
      { kind: 'customer', id: hosting.customer_id },
      { kind: 'organization', id: orgId },
    ],
  }
}

export function below(orgId: string, kind: 'customer' | 'provider', id: string): Resource {
  return {
    kind,
    id,
    ancestors: [
      { kind, id },
      { kind: 'organization', id: orgId },
    ],
  }
}

async function exists(tx: Tx, orgId: string, table: 'customer' | 'provider', id: string): Promise<boolean> {
  const row = await tx
    .selectFrom(table)
    .select('id')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}
