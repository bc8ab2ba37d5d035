import { recordPermission } from '@zoneward/permissions'
import { useMemo } from 'react'
import type { Want } from '../../access/ask.tsx'
import { useAskable } from '../../access/use-refusal.ts'
import { useCall } from '../../api/use-call.ts'
import { holds, readOnlyReason, useMe } from '../../session/use-me.ts'
import type { ZoneDetail } from '../zone/use-zone.ts'
import { absoluteOwner, apexOf, labelsUnescaped, type ZoneRecord } from './record.ts'

const writes = ['records.write', 'records.dmarc.write', 'records.protected.write'] as const
const mostAsked = 2000

export type Writes = {
  /** Why nothing at all may be written; null where something may. */
  refusal: string | null
  /** What would have to be asked for; null where something may be written, or no grant would help. */
  want: Want | null
  /** Why a record of this name and type may not be written; null where it may. */
  refusalFor: (record: { owner: string; type: string }) => string | null
}

/**
 * What the caller may write in a zone. Whoever holds a permission for some records only is asked for record by record,
 * so that a button says at once what the server would say later.
 */
export function useWrites(zone: ZoneDetail, records: readonly ZoneRecord[]): Writes {
  const me = useMe()
  const { can, id } = zone
  const whole = can['records.write'] === true
  const looking = readOnlyReason(me)
  const some = !whole && looking === null && holds(me, ...writes)
  const asked = useMemo(() => (some ? questionsOf(zone, records) : []), [some, zone, records])
  const checks = asked.map(({ check }) => check)
  const answers = useCall('access.check', { body: { checks } }, { enabled: checks.length > 0, staleTime: 30_000 })
  const narrow = useMemo(() => {
    const allowed = answers.data?.answers ?? []
    return new Set(asked.filter((_, index) => allowed[index]?.allowed).map(({ key }) => key))
  }, [asked, answers.data])
  const place = { kind: 'zone', id } as const
  const refused = useAskable(can, 'records.write', place)
  const plain = refused?.reason ?? null
  if (looking !== null) return { refusal: looking, want: null, refusalFor: () => looking }
  // A pattern may cover names that have no record yet: whoever sees only some records may write some others.
  const unsure = narrow.size > 0 || (some && zone.level === 'partial')
  const nothing = !writes.some((permission) => can[permission]) && !unsure
  return {
    refusal: nothing ? plain : null,
    want: nothing ? (refused?.want ?? null) : null,
    refusalFor: (record) => {
      const permission = permissionFor(zone, record)
      if (can[permission] || narrow.has(keyOf(record))) return null
      // The server knows when the change is reviewed.
      if (unsure && !asked.some(({ key }) => key === keyOf(record))) return null
      return permission === 'records.write' ? (plain ?? reasons[permission]) : reasons[permission]
    },
  }
}

const reasons = {
  'records.write': 'You may not change this record.',
  'records.dmarc.write':
    'This record is part of, or could stand in for, the DMARC policy against forged mail. Changing it needs the permission records.dmarc.write.',
  'records.protected.write':
    'This record holds the zone together (SOA, or NS of the zone itself). Changing it needs the permission records.protected.write.',
}

function permissionFor(zone: ZoneDetail, { owner, type }: { owner: string; type: string }): keyof typeof reasons {
  const apex = apexOf(zone.name)
  const labels = labelsUnescaped(absoluteOwner(owner, apex))
  return recordPermission({ labels, type, apexLabels: labelsUnescaped(apex) }) as keyof typeof reasons
}

function keyOf({ owner, type }: { owner: string; type: string }): string {
  return `${owner.toLowerCase()} ${type}`
}

function questionsOf(zone: ZoneDetail, records: readonly ZoneRecord[]) {
  const found = new Map<string, { key: string; check: Question }>()
  for (const record of records) {
    if (found.size >= mostAsked) break
    const key = keyOf(record)
    if (found.has(key)) continue
    const permission = permissionFor(zone, record)
    if (zone.can[permission]) continue
    const check = {
      permission,
      resource: { kind: 'zone' as const, id: zone.id },
      record: { name: record.name, type: record.type },
    }
    found.set(key, { key, check })
  }
  return [...found.values()]
}

type Question = {
  permission: string
  resource: { kind: 'zone'; id: string }
  record: { name: string; type: string }
}
