import type { ItemOf } from '@zoneward/api/types'
import { tellPatterns } from './patterns.ts'
import { count } from './times.ts'

type Ceiling = ItemOf<'api_keys.list'>['ceiling']

/** What a key is held to beyond its owner: "reads only, 2 places, _acme-challenge.** (TXT)". */
export function tellCeiling({ permissions, scopes, patterns, networks, idle_days }: Ceiling): string {
  const parts = [
    permissions
      ? permissions.every((id) => id.endsWith('.view') || id === 'api.use')
        ? 'reads only'
        : count(permissions.length, 'permission')
      : '',
    scopes ? count(scopes.length, 'place') : '',
    patterns ? tellPatterns(patterns) : '',
    networks?.length ? `from ${networks.join(', ')}` : '',
    idle_days ? `stops after ${count(idle_days, 'day')} without use` : '',
  ]
  return parts.filter(Boolean).join(', ') || 'none, as wide as its owner'
}
