import { builtInRoles } from './built-in-roles.ts'
import { permissions } from './permissions.ts'
import { memberBlocks } from './role-sets/msp.ts'
import { roleSets } from './role-sets.ts'
import type { Role } from './roles.ts'

/**
 * The built-in roles as Markdown, a table for each set.
 * @example printRoleTable().startsWith('## Monitoring') // true
 */
export function printRoleTable(): string {
  return roleSets
    .map((set) => {
      const roles = [...builtInRoles, ...memberBlocks].filter((role) => role.set === set.id)
      return `## ${set.name}\n\n| role | at | for | permissions |\n|---|---|---|---|\n${roles.map(roleRow).join('\n')}\n`
    })
    .join('\n')
}

/**
 * The closed list of permissions as Markdown.
 * @example printPermissionTable().includes('| `zones.view` |') // true
 */
export function printPermissionTable(): string {
  const rows = permissions.map(
    ({ area, id, sentence, scopeKinds }) => `| ${area} | \`${id}\` | ${sentence} | ${scopeKinds.join(', ')} |`,
  )
  return `| area | permission | what it allows | held at |\n|---|---|---|---|\n${rows.join('\n')}\n`
}

function roleRow(role: Role): string {
  const name = role.block === true ? `Member: ${role.name}` : role.name
  const notes = role.interfaceOnly === true ? '; never by API' : ''
  return `| ${name} | ${role.scopeKind} | ${role.realms.join(', ')}${notes} | ${held(role)} |`
}

function held({ permissions: ids }: Role): string {
  const missing = permissions.filter(({ id }) => !ids.includes(id)).map(({ id }) => `\`${id}\``)
  if (missing.length === 0) return 'all'
  return missing.length <= 5 ? `all but ${missing.join(' ')}` : ids.map((id) => `\`${id}\``).join(' ')
}
