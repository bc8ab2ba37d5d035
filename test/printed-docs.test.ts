import { join } from 'node:path'
import { printPermissionTable, printRoleTable } from '@zoneward/permissions'
import { expect, test } from 'vitest'

// docs/roles.md is printed from the tables of the core; `vitest run -u test/printed-docs.test.ts` prints it again.

test('docs/roles.md says what the roles and permissions of the core are', async () => {
  const text = [
    '# Roles and permissions',
    '',
    'Printed from the tables in `permissions/`. A grant gives a subject a role at a scope; what is held at a scope holds for everything below it. No part of the product asks for a role: it asks for a permission.',
    '',
    '## Roles',
    '',
    printRoleTable().trim(),
    '',
    '## Permissions',
    '',
    printPermissionTable().trim(),
    '',
  ].join('\n')
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, '../docs/roles.md'))
})
