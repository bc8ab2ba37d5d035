import { isPermission, makeRoleBook, type Permission, type Role, type RoleBook } from '@zoneward/permissions'
import type { Selectable } from 'kysely'
import type { Tx } from '../database/pools.ts'
import type { CustomRoleTable } from '../database/schema-access.ts'
import { isId } from '../ids.ts'

/** The built-in roles alone: for what can only be one of them. */
export const builtInRoleBook = makeRoleBook()

/** Every role that can be granted in the organization: the built-in ones and its own. */
export async function roleBook(tx: Tx, orgId: string): Promise<RoleBook> {
  const rows = await tx.selectFrom('custom_role').selectAll().where('org_id', '=', orgId).execute()
  if (rows.length === 0) return builtInRoleBook
  const own = rows.flatMap((row) => roleOfRow(row) ?? [])
  return new Map([...makeRoleBook(own)].map(([id, role]) => [id, passingOnCopies(role, own)]))
}

/** Who passes on some roles only passes on the copies of these as well. */
function passingOnCopies(role: Role, own: readonly Role[]): Role {
  const { passesOn } = role
  if (passesOn === undefined) return role
  const copies = own.filter(({ basedOn }) => basedOn !== undefined && passesOn.includes(basedOn))
  return { ...role, passesOn: [...passesOn, ...copies.map(({ id }) => id)] }
}

/** An edited copy: name and permissions are its own, everything else is the original's. */
export function roleOfRow(
  row: Pick<Selectable<CustomRoleTable>, 'id' | 'based_on' | 'name' | 'permissions'>,
): Role | null {
  const original = builtInRoleBook.get(row.based_on)
  if (original === undefined) return null
  const permissions = (row.permissions as string[]).filter((id): id is Permission => isPermission(id))
  return { ...original, id: customRoleId(row.id), name: row.name, set: 'custom', basedOn: original.id, permissions }
}

const ownPrefix = 'custom.'

/** @example customRoleId('0190…') // 'custom.0190…' */
export function customRoleId(id: string): string {
  return `${ownPrefix}${id}`
}

/** The id of an own role in its table; null for anything else. */
export function roleKey(roleId: string): string | null {
  const id = roleId.startsWith(ownPrefix) ? roleId.slice(ownPrefix.length).toLowerCase() : ''
  return isId(id) ? id : null
}

/** Every role of the book that has the permission. */
export function rolesWith(book: RoleBook, permission: Permission): string[] {
  return [...book.values()].filter((role) => role.permissions.includes(permission)).map((role) => role.id)
}
