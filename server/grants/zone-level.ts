import type { Grant } from '@zoneward/permissions'

/** The roles that stand for the levels of the zone screen. */
export const roleOfLevel = { read: 'zones.read_only', write: 'zones.read_write' } as const

/** Only plain grants are edited there: one with a pattern, times or review says more than a level does. */
export function isZoneLevelGrant(grant: Grant): boolean {
  const level = Object.values<string>(roleOfLevel).includes(grant.roleId) && grant.scope.kind === 'zone'
  return level && isPlain(grant)
}

export function isPlain({ patterns, startsAt, endsAt, reviewRequired }: Grant): boolean {
  return patterns === undefined && startsAt === undefined && endsAt === undefined && reviewRequired !== true
}
