import { useState } from 'react'
import { useRefusal } from '../../access/use-refusal.ts'
import { call } from '../../api/call.ts'
import { asFault } from '../../api/fault.ts'
import { saveFile } from '../../session/save-file.ts'
import { Button } from '../../ui/button.tsx'
import { notify } from '../../ui/toast.tsx'
import { useZone } from './use-zone.ts'

export function ExportZone() {
  const zone = useZone()
  const [busy, setBusy] = useState(false)
  const refusal = useRefusal(zone.can, 'records.view', { kind: 'zone', id: zone.id })
  const download = () => {
    setBusy(true)
    call('zones.file.read', { params: { zone_id: zone.id } })
      .then(({ zone_file }) => saveFile(`${zone.name === '.' ? 'root' : zone.name}.zone`, 'text/dns', zone_file))
      .catch((error: unknown) => notify(asFault(error).message, true))
      .finally(() => setBusy(false))
  }
  return (
    <Button icon="download" busy={busy} refusal={refusal} onClick={download}>
      Export zone file
    </Button>
  )
}
