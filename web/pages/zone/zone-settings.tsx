import { useMe } from '../../session/use-me.ts'
import { Card, Facts } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'
import { DeleteZone } from './delete-zone.tsx'
import { ExportZone } from './export-zone.tsx'
import { ImportIntoZone } from './import-into-zone.tsx'
import { useZone } from './use-zone.ts'
import { ZonePlace } from './zone-place.tsx'

export function ZoneSettings() {
  const zone = useZone()
  const staff = useMe().realm === 'staff'
  return (
    <>
      <Card title="About this zone">
        <Facts
          facts={[
            [
              'Name servers',
              zone.name_servers.length > 0 ? (
                <span className="font-mono">{zone.name_servers.join(', ')}</span>
              ) : (
                'none named'
              ),
            ],
            ['Serial', zone.serial],
            ['Made', <Time key="made" at={zone.created_at} />],
            ['Changed', <Time key="changed" at={zone.changed_at} />],
          ]}
        />
      </Card>
      {staff ? <ZonePlace /> : null}
      <Card title="Zone file" lead="The whole zone as text, in the form that every name server reads.">
        <div className="flex flex-wrap gap-2">
          <ExportZone />
          <ImportIntoZone />
        </div>
      </Card>
      {staff ? <DeleteZone /> : null}
    </>
  )
}
