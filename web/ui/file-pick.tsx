import { type DragEvent, useId, useState } from 'react'
import { useReadOnly } from '../session/use-me.ts'
import { Icon } from './icons.tsx'

export type TextFile = { name: string; text: string }

type FilePickProps = { label: string; hint?: string; multiple?: boolean; onTexts: (files: TextFile[]) => void }

/** Files by choosing or dropping; their texts are read here and sent nowhere by this. */
export function FilePick({ label, hint, multiple = false, onTexts }: FilePickProps) {
  const id = useId()
  const [over, setOver] = useState(false)
  const looking = useReadOnly()
  const take = (files: FileList | null) => {
    const list = [...(files ?? [])].slice(0, multiple ? undefined : 1)
    if (list.length === 0 || looking !== null) return
    void Promise.all(list.map(async (file) => ({ name: file.name, text: await file.text() }))).then(onTexts)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={`grid justify-items-center gap-1 rounded-lg border border-dashed px-4 py-6 text-center has-focus-visible:outline-2 has-focus-visible:outline-accent ${over ? 'border-accent bg-accent-soft' : 'border-edge'} ${looking === null ? 'cursor-pointer hover:bg-hover' : 'cursor-not-allowed bg-hover'}`}
    >
      <Icon name="upload" className="size-6 text-muted" />
      <span className="font-medium">{label}</span>
      <span className="text-sm text-muted">{looking ?? hint ?? 'or drop it here'}</span>
      <input
        id={id}
        type="file"
        multiple={multiple}
        disabled={looking !== null}
        accept=".zone,.txt,.db,.dns,text/plain,text/dns,*/*"
        className="sr-only"
        onChange={(event) => {
          take(event.target.files)
          event.target.value = ''
        }}
      />
    </label>
  )
}
