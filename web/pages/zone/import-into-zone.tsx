import { useState } from 'react'
import { Guarded } from '../../access/guarded.tsx'
import { useSend } from '../../api/use-call.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { DifferenceView } from '../../ui/difference.tsx'
import { Check, TextArea, TextField } from '../../ui/field.tsx'
import { FilePick } from '../../ui/file-pick.tsx'
import { Failure } from '../../ui/states.tsx'
import { notify } from '../../ui/toast.tsx'
import { useZone } from './use-zone.ts'

/** Reads a zone file into this zone: the difference first, then one change. */
export function ImportIntoZone() {
  const zone = useZone()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Guarded can={zone.can} permission="records.write" resource={{ kind: 'zone', id: zone.id }}>
        {(refusal) => (
          <Button icon="upload" writes refusal={refusal} onClick={() => setOpen(true)}>
            Import a zone file
          </Button>
        )}
      </Guarded>
      {open ? <ImportDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function ImportDialog({ onClose }: { onClose: () => void }) {
  const zone = useZone()
  const [text, setText] = useState('')
  const [mode, setMode] = useState<'replace' | 'merge'>('replace')
  const [comment, setComment] = useState('')
  const preview = useSend('zones.file.replace')
  const write = useSend('zones.file.replace')
  const send = (dry_run: boolean) => ({
    params: { zone_id: zone.id },
    body: { zone_file: text, mode, dry_run, comment: comment.trim() },
    wire: { ifMatch: zone.serial },
  })
  const change = (next: string) => {
    setText(next)
    preview.reset()
  }
  const done = () => {
    notify(`The zone file was imported into ${zone.name}`)
    onClose()
  }
  const shown = preview.data
  return (
    <Dialog
      open
      onClose={onClose}
      shape="wide"
      title={`Import into ${zone.name}`}
      description="You see the difference before anything is written."
      actions={
        shown ? (
          <Button kind="primary" busy={write.isPending} onClick={() => write.mutate(send(false), { onSuccess: done })}>
            Import as one change
          </Button>
        ) : (
          <Button
            kind="primary"
            busy={preview.isPending}
            refusal={text.trim() === '' ? 'Choose or paste a zone file first.' : null}
            onClick={() => preview.mutate(send(true))}
          >
            Show the difference
          </Button>
        )
      }
    >
      <div className="grid gap-4">
        <FilePick label="Choose a zone file" onTexts={([file]) => change(file?.text ?? '')} />
        <TextArea
          label="Or paste it"
          mono
          rows={6}
          spellCheck={false}
          value={text}
          onChange={(event) => change(event.target.value)}
        />
        <fieldset>
          <legend className="font-medium">Records that the file does not name</legend>
          <Check
            radio
            name="mode"
            label="Remove them"
            checked={mode === 'replace'}
            onChange={() => {
              setMode('replace')
              preview.reset()
            }}
          />
          <Check
            radio
            name="mode"
            label="Leave them"
            checked={mode === 'merge'}
            onChange={() => {
              setMode('merge')
              preview.reset()
            }}
          />
        </fieldset>
        {preview.error ? <Failure fault={preview.error} /> : null}
        {shown ? <DifferenceView difference={shown.difference} /> : null}
        {shown ? (
          <TextField label="Comment" value={comment} onChange={(event) => setComment(event.target.value)} />
        ) : null}
        {write.error ? <Failure fault={write.error} /> : null}
      </div>
    </Dialog>
  )
}
