import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextArea } from '../../ui/field.tsx'
import type { TextFile } from '../../ui/file-pick.tsx'

/** The other way in: the text of a zone file. */
export function PasteZone({ onText }: { onText: (files: TextFile[]) => void }) {
  const [text, setText] = useState('')
  const take = () => {
    onText([{ name: 'Pasted text', text }])
    setText('')
  }
  return (
    <details className="rounded-lg border border-line bg-surface px-4 py-3">
      <summary className="font-medium">Or paste a zone file</summary>
      <div className="mt-3 grid gap-3">
        <TextArea
          label="Zone file"
          mono
          rows={8}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div>
          <Button writes refusal={text.trim() === '' ? 'Paste a zone file first.' : null} onClick={take}>
            Check it
          </Button>
        </div>
      </div>
    </details>
  )
}
