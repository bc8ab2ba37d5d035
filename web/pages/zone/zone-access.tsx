import { Holders } from '../../access/holders.tsx'
import { useRefusal } from '../../access/use-refusal.ts'
import { useZone } from './use-zone.ts'

export function ZoneAccess() {
  const zone = useZone()
  const refusal = useRefusal(zone.can, 'grants.manage', { kind: 'zone', id: zone.id })
  return <Holders place={{ kind: 'zone', id: zone.id, name: zone.name }} refusal={refusal} />
}
