import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { count } from '../../words/times.ts'
import { readTtl } from './draft.ts'
import { tellDuration } from './tell-difference.ts'

type SelectionBarProps = {
  many: number
  refusal: string | null
  onDelete: () => void
  onTtl: (ttl: number) => void
  onClear: () => void
}

/** What can be done with several records at once. */
export function SelectionBar({ many, refusal, onDelete, onTtl, onClear }: SelectionBarProps) {
  const [asking, setAsking] = useState(false)
  if (many === 0) return null
  return (
    <section
      aria-label="Selected records"
      className="flex flex-wrap items-center gap-2 rounded-lg border border-line bg-accent-soft px-3 py-1.5"
    >
      <p role="status" className="mr-auto font-medium">
        {count(many, 'record')} selected
      </p>
      <Button icon="clock" refusal={refusal} onClick={() => setAsking(true)}>
        Set TTL
      </Button>
      <Button kind="danger" icon="trash" refusal={refusal} onClick={onDelete}>
        Delete selected
      </Button>
      <Button kind="quiet" onClick={onClear}>
        Clear selection
      </Button>
      {asking ? <TtlDialog many={many} onClose={() => setAsking(false)} onTtl={onTtl} /> : null}
    </section>
  )
}

type TtlDialogProps = { many: number; onClose: () => void; onTtl: (ttl: number) => void }

function TtlDialog({ many, onClose, onTtl }: TtlDialogProps) {
  const [text, setText] = useState('3600')
  const ttl = readTtl(text)
  const done = () => {
    if (ttl === null) return
    onTtl(ttl)
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`One TTL for ${count(many, 'record')}`}
      actions={
        <Button kind="primary" refusal={ttl === null ? 'Write a time first.' : null} onClick={done}>
          Stage the TTL
        </Button>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          done()
        }}
      >
        <TextField
          label="TTL"
          value={text}
          hint={ttl === null ? 'Seconds, or such as 1h.' : `Answers may be remembered for ${tellDuration(ttl)}.`}
          error={ttl === null ? 'A time such as 3600, 1h or 2d.' : undefined}
          onChange={(event) => setText(event.target.value)}
        />
      </form>
    </Dialog>
  )
}
