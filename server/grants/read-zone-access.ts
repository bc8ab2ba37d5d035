import type { AnswerOf, ItemOf } from '@zoneward/api'
import { type Asker, type LevelSource, levelOf } from '@zoneward/permissions'
import { cursorId } from '../access/cursor-parts.ts'
import { findTarget, type Target } from '../access/describe-subjects.ts'
import { organizationResource, shownZoneName, zoneResource } from '../access/find-resource.ts'
import { loadAccess } from '../access/held-access.ts'
import { reachesAnything } from '../access/within-reach.ts'
import type { Tx } from '../database/pools.ts'
import { notFound } from '../fault.ts'
import { pageOfRows, parseCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import { nameScopes } from '../organization/name-scopes.ts'
import { selectZonesWithin, type ZonePlace } from './store.ts'
import { isZoneLevelGrant } from './zone-level.ts'

type Row = ItemOf<'zone_access.read'>

/** The screen of zones × none, read, write of one user: what is granted directly, and what comes from elsewhere. */
export async function readZoneAccess(
  tx: Tx,
  request: ActorRequest<'zone_access.read'>,
): Promise<AnswerOf<'zone_access.read'>> {
  const { actor, params, query } = request
  const visible = await request.visible(tx, 'grants.view')
  if (!reachesAnything(visible)) await request.authorize(tx, 'grants.view', organizationResource(actor.orgId))
  const target = await findTarget(tx, actor, params.user_id)
  if (!target) throw notFound()
  const cursor = parseCursor(query.cursor, ['string', 'string'])
  const zones = await selectZonesWithin(tx, visible, {
    orgId: actor.orgId,
    after: cursor && { sortKey: Buffer.from(cursor[0], 'hex'), id: cursorId(cursor[1]) },
    limit: query.limit,
    q: query.q,
    homeCustomerId: target.customerId,
  })
  const rows = await levelsOn(tx, { orgId: actor.orgId, now: actor.now, target, zones })
  return pageOfRows(
    rows,
    query.limit,
    ({ row }) => row,
    ({ zone }) => [zone.sort_key.toString('hex'), zone.id],
  )
}

type Asked = { orgId: string; now: number; target: Target; zones: ZonePlace[] }

async function levelsOn(tx: Tx, { orgId, now, target, zones }: Asked): Promise<{ zone: ZonePlace; row: Row }[]> {
  const [subject] = target.people
  if (!subject) throw notFound()
  const held = await loadAccess(tx, {
    orgId,
    subjectIds: [subject.id, ...subject.teamIds],
    customerIds: [...new Set(zones.flatMap((zone) => zone.customer_id ?? []))],
  })
  const asker: Asker = { subject, now, channel: 'interface', ceilings: { customers: held.customers } }
  const found = zones.map((zone) => ({
    zone,
    sources: levelOf(held.index, { ...asker, resource: zoneResource(orgId, zone) }).sources,
  }))
  const scopes = found.flatMap(({ sources }) => sources.map((source) => source.through))
  const nameOf = await nameScopes(tx, orgId, scopes)
  return found.map(({ zone, sources }) => {
    const [direct, others] = [sources.filter(isEditable), sources.filter((source) => !isEditable(source))]
    const strongest = others.find(({ level }) => level === 'write') ?? others[0]
    const inherited = strongest && {
      level: strongest.level,
      from: fromWhere(strongest, nameOf(strongest.through).name),
    }
    const row = {
      zone: { id: zone.id, name: shownZoneName(zone.name) },
      level: highest(direct),
      inherited: inherited ?? null,
    }
    return { zone, row }
  })
}

function isEditable({ direct, reason }: LevelSource): boolean {
  return direct && isZoneLevelGrant(reason.grant)
}

function highest(sources: LevelSource[]): Row['level'] {
  if (sources.some(({ level }) => level === 'write')) return 'write'
  return sources.length > 0 ? 'read' : 'none'
}

function fromWhere({ reason, through }: LevelSource, name: string): string {
  const team = reason.teamId === null ? '' : ', by a team'
  const part = reason.grant.patterns === undefined ? '' : ', for some records'
  const end = reason.grant.endsAt === undefined ? '' : `, until ${new Date(reason.grant.endsAt).toISOString()}`
  return `${reason.role.name} of the ${through.kind} ${name}${team}${part}${end}`
}
