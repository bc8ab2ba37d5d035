import { type ReactNode, useState } from 'react'
import type { Fault } from '../api/fault.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { TextField } from './field.tsx'
import { Failure } from './states.tsx'

type ConfirmProps = {
  open: boolean
  onClose: () => void
  title: string
  /** What will be gone, and whether it can be undone. */
  children: ReactNode
  action: string
  busy: boolean
  fault: Fault | null
  onConfirm: () => void
  /** The name to type before it is done. */
  typeName?: string
}

/** Asks before something ends. */
export function Confirm({ open, onClose, title, children, action, busy, fault, onConfirm, typeName }: ConfirmProps) {
  const [typed, setTyped] = useState('')
  const missing = typeName !== undefined && typed.trim() !== typeName
  const close = () => {
    setTyped('')
    onClose()
  }
  return (
    <Dialog
      open={open}
      onClose={close}
      title={title}
      actions={
        <>
          <Button onClick={close}>Keep it</Button>
          <Button kind="danger" busy={busy} refusal={missing ? `Type ${typeName} first.` : null} onClick={onConfirm}>
            {action}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <div>{children}</div>
        {typeName === undefined ? null : (
          <TextField
            label={`Type ${typeName} to go on`}
            mono
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
        {fault ? <Failure fault={fault} /> : null}
      </div>
    </Dialog>
  )
}
