import type { Allowed } from '../access/authorize.ts'
import type { Tx } from '../database/pools.ts'
import type { OrganizationTable } from '../database/schema.ts'

const shown = ['id', 'name', 'slug', 'role_set', 'contact'] as const

export function findOrganization(tx: Tx, _: Allowed, id: string) {
  return tx.selectFrom('organization').select(shown).where('id', '=', id).executeTakeFirstOrThrow()
}

type Changed = Pick<OrganizationTable, 'id' | 'name'> & {
  role_set: 'monitoring' | 'msp' | 'hosting' | 'zones' | 'domains'
  contact: Record<string, string>
}

export function updateOrganization(tx: Tx, _: Allowed, { id, name, role_set, contact }: Changed) {
  return tx
    .updateTable('organization')
    .set({ name, role_set, contact })
    .where('id', '=', id)
    .returning(shown)
    .executeTakeFirstOrThrow()
}
