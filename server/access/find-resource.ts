import type { Resource, ScopeKind } from '@zoneward/permissions'
import type { Tx } from '../database/pools.ts'
import { isId } from '../ids.ts'

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
    case 'hosting':
      return null
  }
}

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
