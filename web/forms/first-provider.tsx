import { useState } from 'react'
import { useSend } from '../api/use-call.ts'
import { holds, useMe } from '../session/use-me.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'

/** Where there is no provider yet, the first one is made on the spot, so that nobody has to leave what they began. */
export function FirstProvider({ onMade }: { onMade: (id: string) => void }) {
  const me = useMe()
  const [name, setName] = useState('')
  const send = useSend('providers.create')
  if (!holds(me, 'providers.manage')) {
    return <p className="text-muted">There is no provider for zones yet. Somebody who manages providers can add one.</p>
  }
  return (
    <div className="flex items-end gap-2">
      <TextField
        label="Name of your first provider"
        hint="Where the zones live, such as “Our name servers”."
        className="flex-1"
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={send.error?.message}
      />
      <Button
        className="mb-6"
        writes
        busy={send.isPending}
        refusal={name.trim() === '' ? 'Write its name first.' : null}
        onClick={() => send.mutate({ body: { name: name.trim() } }, { onSuccess: ({ id }) => onMade(id) })}
      >
        Add
      </Button>
    </div>
  )
}
