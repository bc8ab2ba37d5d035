import { type Permission, permissionEntry, permissionIds, type Role } from '@zoneward/permissions'

const few = 6

/** What a role gives, as a sentence for people, made from its permissions. */
export function roleSentence(role: Role): string {
  const where = role.interfaceOnly ? ' In the pages only, never through the API.' : ''
  const missing = permissionIds.filter((id) => !role.permissions.includes(id))
  if (missing.length === 0) return `May do everything there is.${where}`
  if (missing.length <= few) return `May do everything, except: ${listOf(missing)}.${where}`
  return `May: ${listOf(role.permissions)}.${where}`
}

function listOf(permissions: readonly Permission[]): string {
  return permissions
    .map((id) => permissionEntry(id).sentence)
    .map((sentence) => `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`)
    .join('; ')
}
