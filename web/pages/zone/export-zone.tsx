import { useState } from 'react'
import { Guarded } from '../../access/guarded.tsx'
import { call } from '../../api/call.ts'
import { asFault } from '../../api/fault.ts'
import { saveFile } from '../../session/save-file.ts'
import { Button } from '../../ui/button.tsx'
import { notify } from '../../ui/toast.tsx'
import { useZone } from './use-zone.ts'

export function ExportZone() {
  const zone = useZone()
  const [busy, setBusy] = useState(false)
  const download = () => {
    setBusy(true)
    call('zones.file.read', { params: { zone_id: zone.id } })
      .then(({ zone_file }) => saveFile(`${zone.name === '.' ? 'root' : zone.name}.zone`, 'text/dns', zone_file))
      .catch((error: unknown) => notify(asFault(error).message, true))
      .finally(() => setBusy(false))
  }
  return (
    <Guarded can={zone.can} permission="records.view" resource={{ kind: 'zone', id: zone.id }}>
      {(refusal) => (
        <Button icon="download" busy={busy} refusal={refusal} onClick={download}>
          Export zone file
        </Button>
      )}
    </Guarded>
  )
}
