import { AccessTabs } from '../../access/access-tabs.tsx'
import { useRefusal } from '../../access/use-refusal.ts'
import { useZone } from './use-zone.ts'

export function ZoneAccess() {
  const zone = useZone()
  const refusal = useRefusal(zone.can, 'grants.manage', { kind: 'zone', id: zone.id })
  return <AccessTabs place={{ kind: 'zone', id: zone.id, name: zone.name }} refusal={refusal} />
}
