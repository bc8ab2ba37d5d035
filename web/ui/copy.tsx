import { useState } from 'react'
import { Button } from './button.tsx'

/** A text to take along: an invitation's link, a key. */
export function CopyField({ label, text }: { label: string; text: string }) {
  const [copied, setCopied] = useState(false)
  const copy = () => {
    void navigator.clipboard.writeText(text).then(() => setCopied(true))
  }
  return (
    <div className="flex gap-2">
      <input
        readOnly
        aria-label={label}
        value={text}
        onFocus={(event) => event.target.select()}
        className="min-h-9 w-full min-w-0 rounded-md border border-line bg-page px-3 py-1.5 font-mono text-sm"
      />
      <Button icon={copied ? 'check' : 'copy'} onClick={copy}>
        <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
      </Button>
    </div>
  )
}
