import { isIP } from 'node:net'
import type { ParsedBody } from '@zoneward/api'
import { isAllowed, isPermission, type Permission } from '@zoneward/permissions'
import { requestOf } from '../access/authorize.ts'
import { findResources } from '../access/find-resource.ts'
import { heldAccess } from '../access/held-access.ts'
import { readPattern, type StoredKeyCeiling } from '../access/key-ceiling.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { liesInZone } from './lies-in-zone.ts'

type Wish = Pick<ParsedBody<'api_keys.create'>, 'ceiling' | 'expires_at'>
type Wrong = { path: string; message: string }

/** The ceiling that was wished for; every field of it that is wrong is named, with what would be right. */
export async function readCeiling(tx: Tx, actor: Actor, { ceiling, expires_at }: Wish): Promise<StoredKeyCeiling> {
  const places = await findResources(tx, actor.orgId, ceiling.scopes ?? [])
  const wrong = [
    ...wrongPermissions(ceiling.permissions ?? []),
    ...(await wrongScopes(tx, actor, ceiling.scopes ?? [], places)),
    ...wrongPatterns(ceiling.patterns ?? [], zonesAmong(ceiling.scopes ?? [], places)),
    ...wrongNetworks(ceiling.networks ?? []),
    ...wrongEnd(expires_at, actor.now),
  ]
  const [first] = wrong
  if (first) throw new Fault('invalid', first.message, { fields: wrong.slice(0, 20) })
  return {
    ...(ceiling.permissions ? { permissions: ceiling.permissions } : {}),
    ...(ceiling.scopes ? { scopes: ceiling.scopes } : {}),
    ...(ceiling.patterns ? { patterns: ceiling.patterns } : {}),
    ...(ceiling.networks ? { networks: ceiling.networks } : {}),
    ...(ceiling.idle_days === undefined ? {} : { idle_days: ceiling.idle_days }),
  }
}

function wrongPermissions(ids: string[]): Wrong[] {
  return ids.flatMap((id, place) =>
    isPermission(id)
      ? []
      : [
          {
            path: `ceiling.permissions.${place}`,
            message: `There is no permission "${id}": choose from those of GET /v1/permissions.`,
          },
        ],
  )
}

const viewing: Permission[] = ['zones.view', 'customers.view', 'providers.view', 'hostings.view', 'client_users.manage']

type Scopes = NonNullable<Wish['ceiling']['scopes']>
type Places = Awaited<ReturnType<typeof findResources>>

async function wrongScopes(tx: Tx, actor: Actor, scopes: Scopes, places: Places): Promise<Wrong[]> {
  const held = await heldAccess(tx, actor)
  return scopes.flatMap(({ kind, id }, place) => {
    const resource = places.get(`${kind} ${id}`)?.resource
    const seen =
      resource &&
      (kind === 'organization' ||
        viewing.some((permission) => isAllowed(held.index, requestOf(actor, held, { permission, resource }))))
    return seen
      ? []
      : [{ path: `ceiling.scopes.${place}`, message: `There is no ${kind} of that id that you can see.` }]
  })
}

/** The names of the zones that a key is for; null where it reaches more than zones that are named. */
function zonesAmong(scopes: Scopes, places: Places): string[] | null {
  if (scopes.length === 0 || scopes.some(({ kind }) => kind !== 'zone')) return null
  return scopes.flatMap(({ kind, id }) => places.get(`${kind} ${id}`)?.name ?? [])
}

function wrongPatterns(patterns: NonNullable<Wish['ceiling']['patterns']>, zones: string[] | null): Wrong[] {
  return patterns.flatMap(({ names, types }, place) =>
    names.flatMap((name, at) => {
      const read = readPattern(name, types)
      const path = `ceiling.patterns.${place}.names.${at}`
      if ('error' in read)
        return [{ path: read.of === 'types' ? `ceiling.patterns.${place}.types` : path, message: `${read.error}.` }]
      if (!zones || zones.length === 0 || zones.some((zone) => liesInZone(read.pattern, zone))) return []
      return [{ path, message: `"${name}" lies in none of the zones that the key is for: ${zones.join(', ')}.` }]
    }),
  )
}

function wrongNetworks(networks: string[]): Wrong[] {
  return networks.flatMap((network, place) =>
    isNetwork(network)
      ? []
      : [{ path: `ceiling.networks.${place}`, message: `"${network}" is no network, such as 192.0.2.0/24.` }],
  )
}

function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/')
  const family = isIP(address)
  if (family === 0 || address.includes('%') || more !== undefined) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

function wrongEnd(end: string | null, now: number): Wrong[] {
  if (end === null || Date.parse(end) > now) return []
  return [{ path: 'expires_at', message: 'The end has passed already: choose a later one, or none.' }]
}
