import type { Permission } from '../permissions.ts'
import { permissionsMatching } from '../permissions.ts'

// Groups that the role tables use by name.

export const readZone: readonly Permission[] = ['zones.view', 'records.view', 'checks.view', 'certificates.view']
export const writeZone: readonly Permission[] = ['records.write', 'records.dmarc.write', 'changes.propose']
export const ownKeys: readonly Permission[] = ['api.use', 'api_keys.create']

export const allProviders = permissionsMatching('providers.')
export const allTemplates = permissionsMatching('templates.')
export const allSubscription = permissionsMatching('subscription.')
export const allDomains = permissionsMatching('domains.')
export const allWebsites = permissionsMatching('websites.')
export const allHostings = permissionsMatching('hostings.')
export const allHosting = permissionsMatching('hosting.')
